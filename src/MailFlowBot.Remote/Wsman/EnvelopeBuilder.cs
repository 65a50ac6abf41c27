using System.Buffers;

namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Makes the elements of an envelope out of what a scanner meets. Refuses at once what is no SOAP 1.2 envelope, too deep or too much.
/// </summary>
internal sealed class EnvelopeBuilder : IDisposable
{
    private readonly Stack<EnvelopeElement> _open = new();
    private readonly ArrayBufferWriter<byte> _text = new(256);
    private EnvelopeElement? _root;
    private Base64Content? _content;
    private int _count;

    public int Depth => _open.Count;

    public bool IsWhole => _root is not null && _open.Count == 0;

    public void Open(string ns, string name, IReadOnlyList<EnvelopeAttribute> attributes)
    {
        if (_open.Count == 0)
            CheckRoot(ns, name);
        if (_content is { } content)
            throw content.Refusal();
        if (_open.Count >= EnvelopeLimits.MaxDepth)
            throw new WsmanException(EnvelopeFault.Malformed, $"The envelope nests more than {EnvelopeLimits.MaxDepth} elements deep.");
        if (++_count > EnvelopeLimits.MaxElements)
            throw new WsmanException(EnvelopeFault.TooLarge, $"The envelope has more than {EnvelopeLimits.MaxElements} elements.");
        Flush(between: true);
        var element = new EnvelopeElement(ns, name, attributes);
        if (_open.TryPeek(out var parent))
        {
            if (HoldsBase64(element, parent))
                _content = new Base64Content(name);
            parent.Add(element);
        }
        else
        {
            _root = element;
        }

        _open.Push(element);
    }

    /// <param name="utf8">Text with its references resolved; one text may come in several pieces.</param>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        if (_content is { } content)
        {
            content.Take(utf8);
            return;
        }

        if (_text.WrittenCount + utf8.Length > EnvelopeLimits.MaxText)
            throw new WsmanException(EnvelopeFault.TooLarge, $"A text in the envelope has more than {EnvelopeLimits.MaxText} bytes.");
        _text.Write(utf8);
    }

    public void Close()
    {
        var element = _open.Pop();
        if (_content is { } content)
        {
            element.Content = content.Finish();
            content.Dispose();
            _content = null;
            return;
        }

        Flush(between: element.Children.Count > 0, element);
    }

    /// <summary>The envelope, once its end was met.</summary>
    public EnvelopeElement Root() => IsWhole
        ? _root!
        : throw new WsmanException(EnvelopeFault.Malformed, _root is null ? "The answer is empty." : "The envelope ends before its end.");

    public void Dispose() => _content?.Dispose();

    private void CheckRoot(string ns, string name)
    {
        if (_root is not null)
            throw new WsmanException(EnvelopeFault.Malformed, $"<{name}> follows the end of the envelope.");
        if (name != "Envelope" || ns != WsmanNames.Soap)
            throw new WsmanException(EnvelopeFault.NotAnEnvelope, $"The document is <{name}>, not a SOAP 1.2 envelope.");
    }

    private void Flush(bool between, EnvelopeElement? closed = null)
    {
        var text = _text.WrittenSpan;
        if (text.IsEmpty || (closed ?? (_open.TryPeek(out var top) ? top : null)) is not { } element)
            return;
        if (!between || text.ContainsAnyExcept(" \t\r\n"u8))
            element.Append(EnvelopeText.Read(text));
        _text.ResetWrittenCount();
    }

    /// <summary>Command shells have elements of these names elsewhere, with text.</summary>
    private static bool HoldsBase64(EnvelopeElement element, EnvelopeElement parent) => (element.Namespace, element.Name) switch
    {
        (WsmanNames.Shell, "Stream") => parent.Name is "ReceiveResponse" or "Send",
        (WsmanNames.Shell, "Arguments") => parent.Name == "CommandLine",
        (WsmanNames.PowerShell, "creationXml" or "connectXml" or "connectResponseXml") => true,
        _ => false,
    };
}
