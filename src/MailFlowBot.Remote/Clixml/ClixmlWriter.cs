using System.Buffers;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// Writes one value as a message body: UTF-8, no byte order mark, no Objs around it. An instance met again is written as a
/// reference, so cycles are legal.
/// </summary>
internal static class ClixmlWriter
{
    /// <exception cref="ClixmlException">A type without an element in CLIXML, or a nesting too deep for any reader.</exception>
    public static byte[] Write(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="Write(object?)"/>
    public static void Write(object? value, IBufferWriter<byte> buffer) =>
        new ObjectComposer(new ClixmlOutput(buffer)).Write(value);
}
