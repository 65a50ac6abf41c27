using System.Text;
using System.Xml;
using System.Xml.Linq;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Lab.Injection;

/// <summary>Changes the fragments inside the rsp:Stream elements of a ReceiveResponse.</summary>
internal static class AnswerStreams
{
    private static readonly XNamespace Shell = WsmanNames.Shell;

    /// <summary>Null when the answer holds no whole fragments, or <paramref name="change"/> finds nothing to change.</summary>
    public static byte[]? Change(ReadOnlyMemory<byte> envelope, Func<List<WireFragment>, IEnumerable<WireFragment>?> change)
    {
        XDocument document;
        try
        {
            document = XDocument.Parse(Encoding.UTF8.GetString(envelope.Span).TrimStart('\uFEFF'), LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // Another fault has been here before.
            return null;
        }

        var streams = document.Descendants(Shell + "Stream").ToList();
        if (streams.Count == 0)
            return null;
        var bytes = streams.SelectMany(stream => Convert.FromBase64String(stream.Value)).ToArray();
        if (WireFragment.ReadAll(bytes) is not { Count: > 0 } fragments || change(fragments) is not { } changed)
            return null;
        using var to = new MemoryStream();
        foreach (var fragment in changed)
            fragment.Write(to);
        streams[0].Value = Convert.ToBase64String(to.ToArray());
        foreach (var stream in streams.Skip(1))
            stream.Remove();
        if (to.Length == 0)
            streams[0].Remove();
        return Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));
    }
}
