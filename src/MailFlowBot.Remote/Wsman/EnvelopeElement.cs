using System.Globalization;
using System.Xml;

namespace MailFlowBot.Remote.Wsman;

/// <summary>An attribute without a namespace; the others say nothing that is used here.</summary>
internal readonly record struct EnvelopeAttribute(string Name, string Value);

/// <summary>
/// An element of an envelope. What PSRP puts into envelopes (base64) is decoded already and stands in <see cref="Content"/>.
/// </summary>
internal sealed class EnvelopeElement(string ns, string name, IReadOnlyList<EnvelopeAttribute> attributes)
{
    private List<EnvelopeElement>? _children;

    public string Namespace { get; } = ns;

    public string Name { get; } = name;

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<EnvelopeElement> Children => _children ?? (IReadOnlyList<EnvelopeElement>)[];

    /// <summary>All text directly in the element; white space between elements is left out.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>The decoded bytes of an element that holds base64; empty for all others.</summary>
    public ReadOnlyMemory<byte> Content { get; set; }

    public bool Is(string name, string ns) => Name == name && Namespace == ns;

    public string? Attribute(string name)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Name == name)
                return attribute.Value;
        }

        return null;
    }

    /// <summary>The first child of that name; null when there is none.</summary>
    public EnvelopeElement? Child(string name, string ns)
    {
        foreach (var child in Children)
        {
            if (child.Is(name, ns))
                return child;
        }

        return null;
    }

    /// <summary>The text of an element that must hold nothing else, without the white space around it.</summary>
    public string Value() => _children is null ? Text.Trim() : throw Bad(Name, _children[0].Name, "text");

    public int Number()
    {
        var text = Value();
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Bad(Name, text, "a whole number");
    }

    public TimeSpan Duration()
    {
        var text = Value();
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Bad(Name, text, "a duration such as PT20S", e);
        }
    }

    /// <summary>The id in the attribute CommandId; null when there is none.</summary>
    public CommandId? CommandId() =>
        Attribute("CommandId") is { Length: > 0 } text ? new CommandId(Guid(text, "CommandId")) : null;

    public void Add(EnvelopeElement child) => (_children ??= []).Add(child);

    public void Append(string text) => Text = Text.Length == 0 ? text : Text + text;

    public static Guid Guid(string? text, string where) =>
        System.Guid.TryParse(text, out var value) ? value : throw Bad(where, text ?? string.Empty, "a GUID");

    public static WsmanException Bad(string where, string text, string expected, Exception? inner = null) =>
        new(EnvelopeFault.BadElement, $"<{where}> says '{(text.Length > 80 ? text[..80] : text)}' where {expected} is needed.", inner);

    public static WsmanException Missing(string what) => new(EnvelopeFault.BadElement, $"The envelope has no {what}.");
}
