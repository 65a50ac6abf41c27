using System.Globalization;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// Reads message bodies strictly: what is missing or of a wrong type is named in a <see cref="PsrpException"/>.
/// </summary>
internal static class Body
{
    public static object? Value(in PsrpMessage message)
    {
        try
        {
            return ClixmlReader.Read(message.Body);
        }
        catch (ClixmlException e)
        {
            throw new PsrpException(PsrpFault.BadBody, $"The body of {message.Type} is no readable CLIXML: {e.Message}", e);
        }
    }

    public static PsObject Object(in PsrpMessage message) => Value(message) as PsObject
        ?? throw new PsrpException(PsrpFault.BadBody, $"The body of {message.Type} is no object.");

    public static PsObject Object(PsObject from, string name) => from[name] as PsObject ?? throw Wrong(name, "an object");

    public static Version Version(PsObject from, string name) => PsObject.Unwrap(from[name]) switch
    {
        Version version => version,
        string text when System.Version.TryParse(text, out var version) => version,
        _ => throw Wrong(name, "a version"),
    };

    public static string Text(PsObject from, string name) => OptionalText(from, name) ?? throw Wrong(name, "a text");

    public static string? OptionalText(PsObject from, string name) => TextOf(from[name]);

    public static bool Flag(PsObject from, string name, bool absent = false) => PsObject.Unwrap(from[name]) switch
    {
        bool value => value,
        null => absent,
        _ => throw Wrong(name, "true or false"),
    };

    public static int Int32(PsObject from, string name) => OptionalInt32(from, name) ?? throw Wrong(name, "a whole number");

    public static int? OptionalInt32(PsObject from, string name) =>
        OptionalInt64(from, name) switch
        {
            null => null,
            >= int.MinValue and <= int.MaxValue and var value => (int)value,
            _ => throw Wrong(name, "a 32-bit number"),
        };

    public static long Int64(PsObject from, string name) => OptionalInt64(from, name) ?? throw Wrong(name, "a whole number");

    /// <summary>The items of a list; empty when absent.</summary>
    public static IReadOnlyList<object?> Items(PsObject from, string name) => PsObject.Unwrap(from[name]) switch
    {
        PsList list => list.Items,
        null => [],
        _ => throw Wrong(name, "a list"),
    };

    public static PsrpException Wrong(string name, string expected) =>
        new(PsrpFault.BadBody, $"Property {name} is not {expected}, or missing.");

    private static long? OptionalInt64(PsObject from, string name) => PsObject.Unwrap(from[name]) switch
    {
        int value => value,
        long value => value,
        uint value => value,
        short value => value,
        ushort value => value,
        byte value => value,
        sbyte value => value,
        null => null,
        _ => throw Wrong(name, "a whole number"),
    };

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        PsObject { BaseValue: string text } => text,
        PsObject { Text: { } text } => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
