using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>Values and bytes for the properties.</summary>
internal static class ClixmlGenerators
{
    /// <summary>Any UTF-16 units, with what matters to the escape made frequent.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
        (6, Gen.Choose(0x20, 0x7E)),
        (2, Gen.Elements<int>('_', 'x', 'X', '<', '&', '"', '\'', ']', '>')),
        (1, Gen.Choose(0, 0x1F)),
        (1, Gen.Choose(0x7F, 0x9F)),
        (1, Gen.Choose(0xD800, 0xDFFF)),
        (2, Gen.Choose(0x3040, 0x30FF)),
        (1, Gen.Choose(0xFFF0, 0xFFFF)))
        .Select(unit => (char)unit).ArrayOf().Select(units => new string(units));

    /// <summary>Texts made of pieces of escapes.</summary>
    public static Gen<string> EscapeLikeText { get; } = Gen.Elements(
        "_", "x", "X", "0", "1", "00", "0041", "D83D", "00000041", "0001F600", "fF", "_x", "_x0041_", "_x0001F600_", "z", "日")
        .ArrayOf().Select(pieces => string.Concat(pieces));

    /// <summary>Every primitive, objects, sequences and dictionaries, a few levels deep, some instances shared.</summary>
    public static Gen<object?> Value { get; } = Gen.Sized(size => Nested(Math.Min(size, 4)));

    private static Gen<long> Bits { get; } =
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(halves => ((long)halves.Item1 << 32) | (uint)halves.Item2);

    private static Gen<object?> Primitive { get; } = Gen.OneOf(
        Gen.Constant((object?)null),
        Text.Select(text => (object?)text),
        Gen.Elements(true, false).Select(truth => (object?)truth),
        Gen.Choose(0, char.MaxValue).Select(unit => (object?)(char)unit),
        Bits.Select(bits => (object?)(byte)bits),
        Bits.Select(bits => (object?)(sbyte)bits),
        Bits.Select(bits => (object?)(short)bits),
        Bits.Select(bits => (object?)(ushort)bits),
        Bits.Select(bits => (object?)(int)bits),
        Bits.Select(bits => (object?)(uint)bits),
        Bits.Select(bits => (object?)bits),
        Bits.Select(bits => (object?)(ulong)bits),
        Bits.Select(bits => (object?)BitConverter.Int32BitsToSingle((int)bits)).Where(number => !float.IsNaN((float)number!)),
        Bits.Select(bits => (object?)BitConverter.Int64BitsToDouble(bits)).Where(number => !double.IsNaN((double)number!)),
        Gen.Elements<object?>(double.NaN, float.NaN, double.NegativeInfinity, float.PositiveInfinity, -0.0, -0f),
        Bits.Two().Zip(Gen.Choose(0, 28)).Select(p => (object?)Decimal(p.Item1.Item1, p.Item1.Item2, (byte)p.Item2)),
        Bits.Select(bits => (object?)new DateTime(Ticks(bits), bits % 2 == 0 ? DateTimeKind.Utc : DateTimeKind.Unspecified)),
        Bits.Zip(Gen.Choose(-840, 840)).Select(p => (object?)Local(p.Item1, p.Item2)),
        Bits.Select(bits => (object?)new TimeSpan(bits)),
        Bits.ArrayOf().Select(parts => (object?)parts.SelectMany(BitConverter.GetBytes).Skip(parts.Length % 8).ToArray()),
        Bits.Two().Select(p => (object?)new Guid([.. BitConverter.GetBytes(p.Item1), .. BitConverter.GetBytes(p.Item2)])),
        Gen.Choose(0, 70000).Three().Select(p => (object?)new Version(p.Item1, p.Item2, p.Item3)),
        Gen.Choose(0, 999).Select(n => (object?)new Uri($"http://ex{n}.corp.example/パス?q=_x00{n:D2}_&r=<{n}>")),
        Text.Select(text => (object?)new PsScriptBlock(text)),
        Text.Select(text => (object?)new PsXmlDocument(text)),
        Bits.Select(bits => (object?)new PsSecureString(Convert.ToBase64String(BitConverter.GetBytes(bits)))),
        Text.Two().Zip(Bits).Select(p => (object?)new PsProgress
        {
            Activity = p.Item1.Item1,
            StatusDescription = p.Item1.Item2,
            CurrentOperation = p.Item2 % 2 == 0 ? null : p.Item1.Item2,
            ActivityId = (int)p.Item2,
            RecordType = "Processing",
        }));

    private static Gen<IReadOnlyList<string>> TypeNames { get; } = Gen.Elements<IReadOnlyList<string>>(
        [],
        ["System.Object"],
        ["Microsoft.Exchange.Data.X_x0041_", "System.Object"],
        ["A`1[[B, C, Version=1.0.0.0]]", "System.Object"]);

    private static Gen<object?> Nested(int depth) => depth <= 0
        ? Primitive
        : Gen.Frequency((3, Primitive), (2, Object(depth - 1).Select(complex => (object?)complex)));

    private static Gen<PsObject> Object(int depth) =>
        from names in TypeNames
        from text in Gen.OneOf(Gen.Constant((string?)null), Text.Select(text => (string?)text))
        from baseValue in Base(depth)
        from adapted in Properties(depth)
        from extended in Properties(depth)
        from selfReference in Gen.Choose(0, 9)
        select Compose(names, text, baseValue, adapted, extended, selfReference);

    private static Gen<object?> Base(int depth) => Gen.OneOf(
        Gen.Constant((object?)null),
        Nested(depth),
        Nested(depth).ListOf(3).Zip(Gen.Choose(0, 3)).Select(p => (object?)new PsList(p.Item1) { Kind = (PsListKind)p.Item2 }),
        Primitive.Where(key => key is not null).Zip(Nested(depth)).ListOf(2).Select(entries => (object?)Dictionary(entries)));

    private static Gen<List<(string Name, object? Value)>> Properties(int depth) =>
        Text.Zip(Nested(depth)).ListOf(2).Select(pairs => pairs.Select(pair => (pair.Item1, pair.Item2)).ToList());

    private static PsObject Compose(
        IReadOnlyList<string> names,
        string? text,
        object? baseValue,
        List<(string Name, object? Value)> adapted,
        List<(string Name, object? Value)> extended,
        int selfReference)
    {
        var complex = new PsObject { TypeNames = names, Text = text, BaseValue = baseValue };
        foreach (var (name, value) in adapted)
            complex.Adapted.Add(name, value);
        foreach (var (name, value) in extended)
        {
            complex.Extended.Add(name, value);
            complex.Extended.Add(name + "Again", value);
        }

        if (selfReference == 0)
            complex.Extended.Add("Self", complex);
        return complex;
    }

    private static PsDictionary Dictionary(IEnumerable<(object?, object?)> entries)
    {
        var dictionary = new PsDictionary();
        foreach (var (key, value) in entries)
            dictionary.Add(key!, value);
        return dictionary;
    }

    private static decimal Decimal(long low, long high, byte scale) =>
        new((int)low, (int)(low >> 32), (int)high, isNegative: high < 0, scale);

    private static long Ticks(long bits) => (bits & long.MaxValue) % DateTime.MaxValue.Ticks;

    // A day away from both ends of the calendar, so that every offset is possible.
    private static DateTimeOffset Local(long bits, int minutes) => new(
        new DateTime(TimeSpan.TicksPerDay + (Ticks(bits) % (DateTime.MaxValue.Ticks - (2 * TimeSpan.TicksPerDay)))),
        TimeSpan.FromMinutes(minutes));
}
