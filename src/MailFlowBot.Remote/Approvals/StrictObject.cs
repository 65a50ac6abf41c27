using System.Globalization;
using System.Text.Json;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// Reads one JSON object so that nothing in it goes unseen: every member is asked for by name and type, and <see cref="End"/> refuses
/// what nobody asked for. What is signed must be what was understood.
/// </summary>
internal sealed class StrictObject
{
    /// <summary>Arbitrary: the largest of our documents, a plan of ten steps, has some tens of kilobytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxEntries = 1000;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly JsonElement _element;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private StrictObject(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Fault(FormatFault.WrongType, path, $"{element.ValueKind} where an object is expected");
        _element = element;
        Path = path;
    }

    public string Path { get; }

    public static StrictObject Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            throw Fault(FormatFault.TooLarge, "", $"{utf8.Length} bytes, at most {MaxBytes} are read");
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return new StrictObject(document.RootElement.Clone(), "");
        }
        catch (JsonException fault)
        {
            throw new ApprovalFormatException(FormatFault.NotJson, "", "not a JSON document without repeated members", fault);
        }
    }

    public static ApprovalFormatException Fault(FormatFault fault, string where, string detail) => new(fault, where, detail);

    public ApprovalFormatException Bad(string name, string detail) => Fault(FormatFault.BadValue, At(name), detail);

    public bool Has(string name) => _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A text without limits on its characters, other than being well-formed.</summary>
    public string Text(string name, int maxLength = 200)
    {
        var element = Member(name, JsonValueKind.String);
        string text;
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw new ApprovalFormatException(FormatFault.BadValue, At(name), "half of a surrogate pair", fault);
        }

        return text.Length <= maxLength ? text : throw Fault(FormatFault.TooLarge, At(name), $"a text longer than {maxLength}");
    }

    /// <summary>A text that the given reader takes; its FormatException becomes a fault with a place.</summary>
    public T Value<T>(string name, Func<string, T> read, int maxLength = 200) => Convert(At(name), Text(name, maxLength), read);

    public T Choice<T>(string name) where T : struct, Enum =>
        Enum.GetNames<T>().Contains(Text(name), StringComparer.Ordinal)
            ? Enum.Parse<T>(Text(name))
            : throw Bad(name, "none of " + string.Join(", ", Enum.GetNames<T>()));

    public int Whole(string name, int least, int most) =>
        Member(name, JsonValueKind.Number).TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Bad(name, $"a whole number from {least} to {most} is expected");

    public bool Flag(string name)
    {
        _seen.Add(name);
        return _element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Fault(FormatFault.WrongType, At(name), "true or false is expected");
    }

    public DateTimeOffset Instant(string name) => Value(name, InstantText.Read);

    public StrictObject Object(string name) => new(Member(name, JsonValueKind.Object), At(name));

    public IReadOnlyList<StrictObject> Objects(string name) =>
        [.. Entries(name).Select((entry, i) => new StrictObject(entry, $"{At(name)}[{i}]"))];

    public IReadOnlyList<T> Values<T>(string name, Func<string, T> read)
    {
        var values = new List<T>();
        foreach (var entry in Entries(name))
        {
            var path = $"{At(name)}[{values.Count}]";
            if (entry.ValueKind != JsonValueKind.String)
                throw Fault(FormatFault.WrongType, path, $"{entry.ValueKind} where a text is expected");
            values.Add(Convert(path, entry.GetString()!, read));
        }

        return values;
    }

    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        var member = Object(name);
        return member._element.EnumerateObject().ToDictionary(property => property.Name, property => member.Text(property.Name));
    }

    /// <summary>Refuses members that nobody asked for.</summary>
    public void End()
    {
        foreach (var property in _element.EnumerateObject())
        {
            if (!_seen.Contains(property.Name))
                throw Fault(FormatFault.UnknownMember, At(Shorten(property.Name)), "this version does not know it");
        }
    }

    private static T Convert<T>(string path, string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (FormatException fault) when (fault is not ApprovalFormatException)
        {
            throw new ApprovalFormatException(FormatFault.BadValue, path, fault.Message.TrimEnd('.'), fault);
        }
    }

    private static string Shorten(string text) => text.Length > 40 ? text[..40] : text;

    private List<JsonElement> Entries(string name)
    {
        var array = Member(name, JsonValueKind.Array);
        return array.GetArrayLength() <= MaxEntries
            ? [.. array.EnumerateArray()]
            : throw Fault(FormatFault.TooLarge, At(name), string.Create(CultureInfo.InvariantCulture, $"more than {MaxEntries} entries"));
    }

    private JsonElement Member(string name, JsonValueKind kind)
    {
        _seen.Add(name);
        if (!_element.TryGetProperty(name, out var value))
            throw Fault(FormatFault.MissingMember, At(name), "it is needed");
        return value.ValueKind == kind ? value : throw Fault(FormatFault.WrongType, At(name), $"{value.ValueKind} where {kind} is expected");
    }

    private string At(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
