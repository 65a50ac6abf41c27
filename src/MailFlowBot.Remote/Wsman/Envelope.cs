namespace MailFlowBot.Remote.Wsman;

/// <summary>A SOAP envelope: what stands in its header and in its body.</summary>
internal sealed class Envelope
{
    private readonly EnvelopeElement? _header;
    private readonly EnvelopeElement _body;

    public Envelope(EnvelopeElement root)
    {
        _header = root.Child("Header", WsmanNames.Soap);
        _body = root.Child("Body", WsmanNames.Soap) ?? throw new WsmanException(EnvelopeFault.NotAnEnvelope, "The envelope has no body.");
    }

    public IReadOnlyList<EnvelopeElement> Headers => _header?.Children ?? [];

    public IReadOnlyList<EnvelopeElement> Body => _body.Children;

    /// <summary>The text of the last header of that name; null when there is none.</summary>
    public string? Header(string name, string ns)
    {
        string? text = null;
        foreach (var header in Headers)
        {
            if (header.Is(name, ns))
                text = header.Value();
        }

        return text;
    }

    /// <summary>The body's first element of that name; null when there is none.</summary>
    public EnvelopeElement? Payload(string name, string ns) => _body.Child(name, ns);
}
