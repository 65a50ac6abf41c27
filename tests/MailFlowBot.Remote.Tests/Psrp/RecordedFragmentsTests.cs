using System.Text;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Psrp;

public sealed class RecordedFragmentsTests
{
    [Theory]
    [MemberData(nameof(Recording.Carried), MemberType = typeof(Recording))]
    public void Recorded_bytes_become_the_recorded_messages_however_they_are_cut(string name) => Check(Recording.Load(name));

    [SkippableTheory]
    [MemberData(nameof(Recording.Referenced), MemberType = typeof(Recording))]
    public void Long_recordings_become_the_recorded_messages_however_they_are_cut(string name) => Check(Recording.Load(name));

    private static void Check(Recording recording)
    {
        Assert.NotEmpty(recording.Packets);
        foreach (var stream in recording.Streams)
        {
            var whole = Join(stream.Packets.Select(packet => (ReadOnlyMemory<byte>)packet.Payload));
            Assert.Equal(stream.Messages, whole.Select(Read));
            Same(whole, Join(Cuts.ByteByByte(stream.Bytes)));
            foreach (var parts in Cuts.InTwo(stream.Bytes))
                Same(whole, Join(parts));
        }
    }

    private static List<ReadOnlyMemory<byte>> Join(IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        var defragmenter = new Defragmenter(PsrpLimits.Default);
        var objects = new List<ReadOnlyMemory<byte>>();
        foreach (var part in parts)
            objects.AddRange(defragmenter.Receive(part.Span));
        defragmenter.Complete();
        return objects;
    }

    private static void Same(List<ReadOnlyMemory<byte>> expected, List<ReadOnlyMemory<byte>> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(expected[i].Span.SequenceEqual(actual[i].Span));
    }

    private static RecordedMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var message = PsrpMessage.Read(bytes);
        Assert.Equal(bytes.ToArray(), message.Write());
        var body = message.Body.Span.StartsWith(Encoding.UTF8.Preamble) ? message.Body[Encoding.UTF8.Preamble.Length..] : message.Body;
        return new RecordedMessage((int)message.Destination, WireName(message.Type), message.Pool.Value, message.Pipeline.Value, Encoding.UTF8.GetString(body.Span));
    }

    /// <summary>SessionCapability to SESSION_CAPABILITY; RunspacePool is one word on the wire.</summary>
    private static string WireName(MessageType type) => string.Concat(type.ToString().Replace("Pool", "pool", StringComparison.Ordinal).Select(
        (letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : char.ToUpperInvariant(letter).ToString()));
}
