namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// Builds values from the elements of one body or file, the scope in which RefId and TN RefId count (MS-PSRP 2.2.5.2.1 and
/// 2.2.5.2.3). Recursive, with the depth capped.
/// </summary>
internal ref struct ClixmlParser
{
    // A BinaryFormatter blob that Exchange adds to its objects: never to be deserialised, and good for nothing else.
    private const string SerializationData = "SerializationData";

    private readonly ClixmlLimits _limits;
    private readonly Workspace _workspace;
    private ClixmlLexer _lexer;
    private int _elements;

    public ClixmlParser(XmlBytes xml, ClixmlLimits limits, Workspace workspace)
    {
        _limits = limits;
        _workspace = workspace;
        _lexer = new ClixmlLexer(xml, limits.MaxDepth, workspace);
    }

    /// <summary>The only value there is; null when there is none.</summary>
    public object? ReadBody()
    {
        if (!_lexer.NextChild())
            return null;
        object? value = null;
        var wrapped = _lexer.Tag == ClixmlTag.Objs;
        if (!wrapped || _lexer.FirstChild())
        {
            value = ReadValue(depth: 0);
            if (wrapped && _lexer.NextChild())
                throw SeveralValues();
        }

        return _lexer.NextChild() ? throw SeveralValues() : value;
    }

    /// <summary>What stands in the one Objs element.</summary>
    public List<ClixmlItem> ReadFile()
    {
        if (!_lexer.NextChild() || _lexer.Tag != ClixmlTag.Objs)
            throw new ClixmlException(ClixmlFault.UnexpectedElement, "Not an exported file: its first element is not Objs");
        var items = new List<ClixmlItem>();
        for (var more = _lexer.FirstChild(); more; more = _lexer.NextChild())
        {
            var stream = _lexer.Stream;
            items.Add(new ClixmlItem(stream, ReadValue(depth: 0)));
        }

        return _lexer.NextChild()
            ? throw _lexer.Fault(ClixmlFault.UnexpectedElement, "An exported file holds something behind its Objs")
            : items;
    }

    private object? ReadValue(int depth)
    {
        if (++_elements > _limits.MaxElements)
            throw _lexer.Fault(ClixmlFault.TooManyElements, $"More than {_limits.MaxElements} values");
        var tag = _lexer.Tag;
        switch (tag)
        {
            case ClixmlTag.Obj:
                return ReadObject(depth + 1);
            case ClixmlTag.Ref:
                return ReadReference();
            case ClixmlTag.PR:
                return ReadProgress();
            case ClixmlTag.Nil:
                _lexer.Skip();
                return null;
            default:
                if (!tag.IsValue())
                    throw _lexer.Fault(ClixmlFault.UnexpectedElement, "An element stands where a value should");
                return PrimitiveText.Read(tag, ref _lexer)
                    ?? throw _lexer.Fault(ClixmlFault.BadValue, $"The text of {tag} is not a value of that type");
        }
    }

    private PsObject ReadObject(int depth)
    {
        if (depth > _limits.MaxDepth)
            throw _lexer.Fault(ClixmlFault.TooDeep, $"Objects nested more than {_limits.MaxDepth} deep");
        var result = new PsObject();

        // Known before it is complete: its own parts may refer to it. An id met again stands for the later object.
        if (_lexer.RefId != StartTag.NoRefId)
            _workspace.Objects.Set(_lexer.RefId, result);
        for (var more = _lexer.FirstChild(); more; more = _lexer.NextChild())
            ReadPart(result, depth);
        return result;
    }

    private void ReadPart(PsObject result, int depth)
    {
        switch (_lexer.Tag)
        {
            case ClixmlTag.TN:
                result.TypeNames = ReadTypeNames();
                break;
            case ClixmlTag.TNRef:
                result.TypeNames = _workspace.TypeNames.TryGet(_lexer.RefId, out var names)
                    ? names
                    : throw _lexer.Fault(ClixmlFault.DanglingReference, "TNRef to type names that are not there");
                _lexer.Skip();
                break;
            case ClixmlTag.ToString:
                result.Text = _lexer.ReadString();
                break;
            case ClixmlTag.Props:
                result.AddAdapted(ReadProperties(depth));
                break;
            case ClixmlTag.MS:
                result.AddExtended(ReadProperties(depth));
                break;
            case ClixmlTag.LST:
                result.BaseValue = ReadItems(PsListKind.List, depth);
                break;
            case ClixmlTag.IE:
                result.BaseValue = ReadItems(PsListKind.Enumerable, depth);
                break;
            case ClixmlTag.STK:
                result.BaseValue = ReadItems(PsListKind.Stack, depth);
                break;
            case ClixmlTag.QUE:
                result.BaseValue = ReadItems(PsListKind.Queue, depth);
                break;
            case ClixmlTag.DCT:
                result.BaseValue = ReadEntries(depth);
                break;
            case var tag when tag.IsValue():
                result.BaseValue = ReadValue(depth);
                break;
            default:
                // PowerShell skips what it does not know here, so that later versions can add to objects.
                _lexer.Skip();
                break;
        }
    }

    private KeyValuePair<string, object?>[] ReadProperties(int depth)
    {
        var pending = _workspace.Properties;
        var start = pending.Count;
        for (var more = _lexer.FirstChild(); more; more = _lexer.NextChild())
        {
            if (!_lexer.Tag.IsValue())
            {
                _lexer.Skip();
                continue;
            }

            var name = _lexer.Name ?? throw _lexer.Fault(ClixmlFault.UnexpectedElement, "A property has no name");
            if (!name.Equals(SerializationData, StringComparison.OrdinalIgnoreCase))
                pending.Push(new(name, ReadValue(depth)));
            else if (_lexer.Tag == ClixmlTag.BA)
                _lexer.Skip();
            else
                ReadValue(depth); // Not kept, but read: later references may point into it.
        }

        return pending.PopTo(start);
    }

    private PsList ReadItems(PsListKind kind, int depth)
    {
        var pending = _workspace.Items;
        var start = pending.Count;
        for (var more = _lexer.FirstChild(); more; more = _lexer.NextChild())
            pending.Push(ReadValue(depth));
        return PsList.Owning(pending.PopTo(start), kind);
    }

    private PsDictionary ReadEntries(int depth)
    {
        var dictionary = new PsDictionary();
        for (var more = _lexer.FirstChild(); more; more = _lexer.NextChild())
        {
            if (_lexer.Tag != ClixmlTag.En)
                throw _lexer.Fault(ClixmlFault.UnexpectedElement, "A dictionary holds something that is no entry");
            ReadEntry(dictionary, depth);
        }

        return dictionary;
    }

    private void ReadEntry(PsDictionary dictionary, int depth)
    {
        object? key = null;
        object? value = null;
        var hasValue = false;
        for (var more = _lexer.FirstChild(); more; more = _lexer.NextChild())
        {
            if (key is null && string.Equals(_lexer.Name, "Key", StringComparison.OrdinalIgnoreCase))
            {
                key = ReadValue(depth);
            }
            else if (!hasValue && string.Equals(_lexer.Name, "Value", StringComparison.OrdinalIgnoreCase))
            {
                value = ReadValue(depth);
                hasValue = true;
            }
            else
            {
                throw _lexer.Fault(ClixmlFault.UnexpectedElement, "A dictionary entry holds more than one Key and one Value");
            }
        }

        if (key is null || !hasValue)
            throw _lexer.Fault(ClixmlFault.BadValue, "A dictionary entry lacks its Key or its Value");
        dictionary.Add(key, value);
    }

    private PsObject ReadReference()
    {
        if (!_workspace.Objects.TryGet(_lexer.RefId, out var target))
            throw _lexer.Fault(ClixmlFault.DanglingReference, "Ref to an object that is not there");
        _lexer.Skip();
        return target;
    }

    private string[] ReadTypeNames()
    {
        var id = _lexer.RefId;
        var content = _lexer.PeekTypeNames();
        var end = _lexer.At + content.Length + "</TN>".Length;
        var hash = 0U;
        var names = content.IsEmpty ? null : WireNames.List(content, out hash);
        if (names is not null)
        {
            _lexer.PassTypeNames(content.Length);
        }
        else
        {
            names = ReadTypeNamesAnew();
            if (!content.IsEmpty && _lexer.At == end)
                WireNames.Keep(content, hash, names);
        }

        if (id != StartTag.NoRefId)
            _workspace.TypeNames.Set(id, names);
        return names;
    }

    private string[] ReadTypeNamesAnew()
    {
        var names = new List<string>(capacity: 4);
        for (var more = _lexer.FirstChild(); more; more = _lexer.NextChild())
        {
            if (_lexer.Tag != ClixmlTag.T)
                throw _lexer.Fault(ClixmlFault.UnexpectedElement, "Type names hold something that is no type name");
            names.Add(_lexer.ReadName());
        }

        return [.. names];
    }

    private PsProgress ReadProgress()
    {
        var progress = new PsProgress();
        for (var more = _lexer.FirstChild(); more; more = _lexer.NextChild())
        {
            progress = _lexer.Tag switch
            {
                ClixmlTag.AV => progress with { Activity = _lexer.ReadString() },
                ClixmlTag.AI => progress with { ActivityId = ReadNumber() },
                ClixmlTag.CO => progress with { CurrentOperation = _lexer.ReadString() },
                ClixmlTag.PI => progress with { ParentActivityId = ReadNumber() },
                ClixmlTag.PC => progress with { PercentComplete = ReadNumber() },
                ClixmlTag.T => progress with { RecordType = _lexer.ReadString() },
                ClixmlTag.SR => progress with { SecondsRemaining = ReadNumber() },
                ClixmlTag.SD => progress with { StatusDescription = _lexer.ReadString() },
                _ => Skipped(progress),
            };
        }

        return progress;
    }

    private PsProgress Skipped(PsProgress progress)
    {
        _lexer.Skip();
        return progress;
    }

    private int ReadNumber() => PrimitiveText.ParseInteger(_lexer.ReadUtf8())
        ?? throw _lexer.Fault(ClixmlFault.BadValue, "A number of a progress record is none");

    private readonly ClixmlException SeveralValues() =>
        _lexer.Fault(ClixmlFault.SeveralValues, "A message body holds more than one value");
}
