using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml.Reference;

/// <summary>What the product's reader must give for any bytes, but for the differences that the tests name.</summary>
internal static class ReferenceReader
{
    /// <summary>
    /// The one value of a message body, with or without byte order mark and with or without the Objs element of a file around
    /// it. An empty body is null.
    /// </summary>
    public static object? Read(ReadOnlyMemory<byte> utf8, ClixmlLimits? limits = null)
    {
        using var lexer = Open(utf8, limits);
        if (lexer is null || !lexer.NextChild())
            return null;
        var parser = new ReferenceParser(lexer, limits ?? ClixmlLimits.Default);
        object? value = null;
        if (lexer.Tag != ClixmlTag.Objs)
            value = parser.ReadValue();
        else if (lexer.FirstChild())
            value = ReadSingle(lexer, parser);
        if (lexer.NextChild())
            throw lexer.Fault(ClixmlFault.SeveralValues, "A message body holds more than one value");
        return value;
    }

    /// <summary>The values of an exported file (Export-Clixml). Ids count through the whole file.</summary>
    public static IReadOnlyList<ClixmlItem> ReadFile(ReadOnlyMemory<byte> utf8, ClixmlLimits? limits = null)
    {
        using var lexer = Open(utf8, limits);
        if (lexer is null || !lexer.NextChild() || lexer.Tag != ClixmlTag.Objs)
            throw new ClixmlException(ClixmlFault.UnexpectedElement, "Not an exported file: its first element is not Objs");
        var parser = new ReferenceParser(lexer, limits ?? ClixmlLimits.Default);
        var items = new List<ClixmlItem>();
        for (var more = lexer.FirstChild(); more; more = lexer.NextChild())
        {
            var stream = lexer.Stream;
            items.Add(new ClixmlItem(stream, parser.ReadValue()));
        }

        if (lexer.NextChild())
            throw lexer.Fault(ClixmlFault.UnexpectedElement, "An exported file holds something behind its Objs");
        return items;
    }

    private static object? ReadSingle(ReferenceLexer lexer, ReferenceParser parser)
    {
        var value = parser.ReadValue();
        return lexer.NextChild()
            ? throw lexer.Fault(ClixmlFault.SeveralValues, "A message body holds more than one value")
            : value;
    }

    private static ReferenceLexer? Open(ReadOnlyMemory<byte> utf8, ClixmlLimits? limits)
    {
        limits ??= ClixmlLimits.Default;
        return utf8.Length > limits.MaxBytes
            ? throw new ClixmlException(ClixmlFault.TooLarge, $"{utf8.Length} bytes of CLIXML; at most {limits.MaxBytes} are read")
            : utf8.IsEmpty ? null : new ReferenceLexer(utf8, limits.MaxDepth);
    }
}
