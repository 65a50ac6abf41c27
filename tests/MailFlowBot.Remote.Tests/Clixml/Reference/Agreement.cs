using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml.Reference;

/// <summary>
/// The product's reader and the reference give the same value for the same bytes, or both refuse them, read as a body and as a file.
/// </summary>
internal static class Agreement
{
    public static void Check(byte[] bytes)
    {
        Check(bytes, () => ClixmlReader.Read(bytes), () => ReferenceReader.Read(bytes));
        Check(
            bytes,
            () => new PsList(ClixmlReader.ReadFile(bytes).SelectMany(item => new[] { item.Stream, item.Value })),
            () => new PsList(ReferenceReader.ReadFile(bytes).SelectMany(item => new[] { item.Stream, item.Value })));
    }

    private static void Check(byte[] bytes, Func<object?> ours, Func<object?> reference)
    {
        var (value, refusal) = Outcome(ours);
        var (expected, expectedRefusal) = Outcome(reference);
        if ((refusal is null) != (expectedRefusal is null))
        {
            throw new Xunit.Sdk.XunitException(
                $"ours: {refusal?.Message ?? "read"}; XmlReader: {expectedRefusal?.Message ?? "read"}; for {Encoding.UTF8.GetString(bytes)}");
        }

        if (refusal is null)
            SameValue.Check(expected, value);
    }

    private static (object? Value, ClixmlException? Refusal) Outcome(Func<object?> read)
    {
        try
        {
            return (read(), null);
        }
        catch (ClixmlException refusal)
        {
            return (null, refusal);
        }
    }
}
