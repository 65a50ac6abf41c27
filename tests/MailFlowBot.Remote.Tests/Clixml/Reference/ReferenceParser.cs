using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml.Reference;

/// <summary>Builds values element by element in the plainest way, with lists that grow and no memory of earlier bodies.</summary>
internal sealed class ReferenceParser(ReferenceLexer lexer, ClixmlLimits limits)
{
    // A BinaryFormatter blob that Exchange adds to its objects: never to be deserialised, and good for nothing else.
    private const string SerializationData = "SerializationData";

    private readonly Dictionary<int, PsObject> _objects = [];
    private readonly Dictionary<int, IReadOnlyList<string>> _typeNames = [];
    private int _elements;

    /// <summary>The value of the element the lexer stands on.</summary>
    public object? ReadValue() => ReadValue(depth: 0);

    private object? ReadValue(int depth)
    {
        if (++_elements > limits.MaxElements)
            throw lexer.Fault(ClixmlFault.TooManyElements, $"More than {limits.MaxElements} values");
        var tag = lexer.Tag;
        switch (tag)
        {
            case ClixmlTag.Obj:
                return ReadObject(depth + 1);
            case ClixmlTag.Ref:
                return ReadReference();
            case ClixmlTag.PR:
                return ReadProgress();
            case ClixmlTag.Nil:
                lexer.Skip();
                return null;
            default:
                if (!tag.IsValue())
                    throw lexer.Fault(ClixmlFault.UnexpectedElement, "An element stands where a value should");
                return ReferencePrimitives.Parse(tag, lexer.ReadText())
                    ?? throw lexer.Fault(ClixmlFault.BadValue, $"The text of {tag} is not a value of that type");
        }
    }

    private PsObject ReadObject(int depth)
    {
        if (depth > limits.MaxDepth)
            throw lexer.Fault(ClixmlFault.TooDeep, $"Objects nested more than {limits.MaxDepth} deep");
        var result = new PsObject();

        // Known before it is complete: its own parts may refer to it. An id met again stands for the later object.
        if (lexer.RefId != ReferenceLexer.NoRefId)
            _objects[lexer.RefId] = result;
        for (var more = lexer.FirstChild(); more; more = lexer.NextChild())
            ReadPart(result, depth);
        return result;
    }

    private void ReadPart(PsObject result, int depth)
    {
        switch (lexer.Tag)
        {
            case ClixmlTag.TN:
                result.TypeNames = ReadTypeNames();
                break;
            case ClixmlTag.TNRef:
                result.TypeNames = _typeNames.TryGetValue(lexer.RefId, out var names)
                    ? names
                    : throw lexer.Fault(ClixmlFault.DanglingReference, "TNRef to type names that are not there");
                lexer.Skip();
                break;
            case ClixmlTag.ToString:
                result.Text = EscapedText.Decode(lexer.ReadText());
                break;
            case ClixmlTag.Props:
                ReadProperties(result.Adapted, depth);
                break;
            case ClixmlTag.MS:
                ReadProperties(result.Extended, depth);
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
                lexer.Skip();
                break;
        }
    }

    private void ReadProperties(PsProperties properties, int depth)
    {
        for (var more = lexer.FirstChild(); more; more = lexer.NextChild())
        {
            if (!lexer.Tag.IsValue())
            {
                lexer.Skip();
                continue;
            }

            var name = lexer.Name ?? throw lexer.Fault(ClixmlFault.UnexpectedElement, "A property has no name");
            if (!name.Equals(SerializationData, StringComparison.OrdinalIgnoreCase))
                properties.Add(name, ReadValue(depth));
            else if (lexer.Tag == ClixmlTag.BA)
                lexer.Skip();
            else
                ReadValue(depth); // Not kept, but read: later references may point into it.
        }
    }

    private PsList ReadItems(PsListKind kind, int depth)
    {
        var list = new PsList { Kind = kind };
        for (var more = lexer.FirstChild(); more; more = lexer.NextChild())
            list.Add(ReadValue(depth));
        return list;
    }

    private PsDictionary ReadEntries(int depth)
    {
        var dictionary = new PsDictionary();
        for (var more = lexer.FirstChild(); more; more = lexer.NextChild())
        {
            if (lexer.Tag != ClixmlTag.En)
                throw lexer.Fault(ClixmlFault.UnexpectedElement, "A dictionary holds something that is no entry");
            ReadEntry(dictionary, depth);
        }

        return dictionary;
    }

    private void ReadEntry(PsDictionary dictionary, int depth)
    {
        object? key = null;
        object? value = null;
        var hasValue = false;
        for (var more = lexer.FirstChild(); more; more = lexer.NextChild())
        {
            if (key is null && string.Equals(lexer.Name, "Key", StringComparison.OrdinalIgnoreCase))
            {
                key = ReadValue(depth);
            }
            else if (!hasValue && string.Equals(lexer.Name, "Value", StringComparison.OrdinalIgnoreCase))
            {
                value = ReadValue(depth);
                hasValue = true;
            }
            else
            {
                throw lexer.Fault(ClixmlFault.UnexpectedElement, "A dictionary entry holds more than one Key and one Value");
            }
        }

        if (key is null || !hasValue)
            throw lexer.Fault(ClixmlFault.BadValue, "A dictionary entry lacks its Key or its Value");
        dictionary.Add(key, value);
    }

    private PsObject ReadReference()
    {
        if (!_objects.TryGetValue(lexer.RefId, out var target))
            throw lexer.Fault(ClixmlFault.DanglingReference, "Ref to an object that is not there");
        lexer.Skip();
        return target;
    }

    private List<string> ReadTypeNames()
    {
        var id = lexer.RefId;
        var names = new List<string>(capacity: 4);
        for (var more = lexer.FirstChild(); more; more = lexer.NextChild())
        {
            if (lexer.Tag != ClixmlTag.T)
                throw lexer.Fault(ClixmlFault.UnexpectedElement, "Type names hold something that is no type name");
            names.Add(lexer.Atom(EscapedText.Decode(lexer.ReadText())));
        }

        if (id != ReferenceLexer.NoRefId)
            _typeNames[id] = names;
        return names;
    }

    private PsProgress ReadProgress()
    {
        var progress = new PsProgress();
        for (var more = lexer.FirstChild(); more; more = lexer.NextChild())
        {
            progress = lexer.Tag switch
            {
                ClixmlTag.AV => progress with { Activity = EscapedText.Decode(lexer.ReadText()) },
                ClixmlTag.AI => progress with { ActivityId = ReadNumber() },
                ClixmlTag.CO => progress with { CurrentOperation = EscapedText.Decode(lexer.ReadText()) },
                ClixmlTag.PI => progress with { ParentActivityId = ReadNumber() },
                ClixmlTag.PC => progress with { PercentComplete = ReadNumber() },
                ClixmlTag.T => progress with { RecordType = EscapedText.Decode(lexer.ReadText()) },
                ClixmlTag.SR => progress with { SecondsRemaining = ReadNumber() },
                ClixmlTag.SD => progress with { StatusDescription = EscapedText.Decode(lexer.ReadText()) },
                _ => Skipped(progress),
            };
        }

        return progress;
    }

    private PsProgress Skipped(PsProgress progress)
    {
        lexer.Skip();
        return progress;
    }

    private int ReadNumber() => ReferencePrimitives.Parse(ClixmlTag.I32, lexer.ReadText()) as int?
        ?? throw lexer.Fault(ClixmlFault.BadValue, "A number of a progress record is none");
}
