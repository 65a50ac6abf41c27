namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// Writes values of all kinds and keeps the ids of one body: objects and type names count apart (MS-PSRP 2.2.5.2).
/// </summary>
internal sealed class ObjectComposer(ClixmlOutput output)
{
    private static readonly string[] ListTypes = ["System.Collections.ArrayList", "System.Object"];
    private static readonly string[] EnumerableTypes = ["System.Collections.IEnumerable", "System.Object"];
    private static readonly string[] StackTypes = ["System.Collections.Stack", "System.Object"];
    private static readonly string[] QueueTypes = ["System.Collections.Queue", "System.Object"];
    private static readonly string[] DictionaryTypes = ["System.Collections.Hashtable", "System.Object"];

    private readonly Dictionary<PsObject, int> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IReadOnlyList<string>, int> _typeNames = new(TypeNamesComparer.Instance);
    private int _nextObject;

    public void Write(object? value) => Write(value, name: null, depth: 0);

    private void Write(object? value, string? name, int depth)
    {
        switch (value)
        {
            case PsObject complex:
                WriteObject(complex, name, depth + 1);
                break;
            case PsList list:
                WriteBare(list, TypesOf(list.Kind), name, depth + 1);
                break;
            case PsDictionary dictionary:
                WriteBare(dictionary, DictionaryTypes, name, depth + 1);
                break;
            default:
                if (!PrimitiveElement.TryWrite(output, value, name))
                {
                    throw new ClixmlException(
                        ClixmlFault.UnsupportedType, $"CLIXML has no element for {value!.GetType()}; send it as a PsObject");
                }

                break;
        }
    }

    private void WriteObject(PsObject complex, string? name, int depth)
    {
        if (_objects.TryGetValue(complex, out var known))
        {
            StartWithId("<Ref"u8, name, known);
            output.Raw(" />"u8);
            return;
        }

        _objects.Add(complex, _nextObject);
        OpenObject(name, depth);
        WriteTypeNames(complex.TypeNames);
        if (complex.Text is { } text)
        {
            output.Raw("<ToString>"u8);
            output.Text(text);
            output.Raw("</ToString>"u8);
        }

        if (complex.BaseValue is { } value)
            WriteBase(value, depth);
        WriteProperties("Props"u8, complex.Adapted, depth);
        WriteProperties("MS"u8, complex.Extended, depth);
        output.Raw("</Obj>"u8);
    }

    private void WriteBare(object container, string[] types, string? name, int depth)
    {
        OpenObject(name, depth);
        WriteTypeNames(types);
        WriteBase(container, depth);
        output.Raw("</Obj>"u8);
    }

    private void OpenObject(string? name, int depth)
    {
        if (depth > ClixmlLimits.Default.MaxDepth)
            throw new ClixmlException(ClixmlFault.TooDeep, $"Objects nested more than {ClixmlLimits.Default.MaxDepth} deep");
        StartWithId("<Obj"u8, name, _nextObject++);
        output.Raw(">"u8);
    }

    private void WriteBase(object value, int depth)
    {
        switch (value)
        {
            case PsList list:
                var tag = TagOf(list.Kind);
                Start(tag);
                foreach (var item in list)
                    Write(item, name: null, depth);
                End(tag);
                break;
            case PsDictionary dictionary:
                output.Raw("<DCT>"u8);
                foreach (var (key, entry) in dictionary)
                {
                    output.Raw("<En>"u8);
                    Write(key, "Key", depth);
                    Write(entry, "Value", depth);
                    output.Raw("</En>"u8);
                }

                output.Raw("</DCT>"u8);
                break;
            default:
                Write(value, name: null, depth);
                break;
        }
    }

    private void WriteProperties(ReadOnlySpan<byte> tag, PsProperties properties, int depth)
    {
        if (properties.Count == 0)
            return;
        Start(tag);
        foreach (var (name, value) in properties)
            Write(value, name, depth);
        End(tag);
    }

    private void WriteTypeNames(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return;
        if (_typeNames.TryGetValue(names, out var known))
        {
            StartWithId("<TNRef"u8, name: null, known);
            output.Raw(" />"u8);
            return;
        }

        StartWithId("<TN"u8, name: null, _typeNames.Count);
        _typeNames.Add(names, _typeNames.Count);
        output.Raw(">"u8);
        foreach (var name in names)
        {
            output.Raw("<T>"u8);
            output.Text(name);
            output.Raw("</T>"u8);
        }

        output.Raw("</TN>"u8);
    }

    private void StartWithId(ReadOnlySpan<byte> start, string? name, int id)
    {
        output.Raw(start);
        output.Name(name);
        output.Raw(" RefId=\""u8);
        output.Number(id);
        output.Raw("\""u8);
    }

    private void Start(ReadOnlySpan<byte> tag)
    {
        output.Raw("<"u8);
        output.Raw(tag);
        output.Raw(">"u8);
    }

    private void End(ReadOnlySpan<byte> tag)
    {
        output.Raw("</"u8);
        output.Raw(tag);
        output.Raw(">"u8);
    }

    private static ReadOnlySpan<byte> TagOf(PsListKind kind) => kind switch
    {
        PsListKind.Enumerable => "IE"u8,
        PsListKind.Stack => "STK"u8,
        PsListKind.Queue => "QUE"u8,
        _ => "LST"u8,
    };

    private static string[] TypesOf(PsListKind kind) => kind switch
    {
        PsListKind.Enumerable => EnumerableTypes,
        PsListKind.Stack => StackTypes,
        PsListKind.Queue => QueueTypes,
        _ => ListTypes,
    };
}
