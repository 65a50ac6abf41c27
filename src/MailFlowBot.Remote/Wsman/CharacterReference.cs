using System.Buffers.Text;
using System.Text;

namespace MailFlowBot.Remote.Wsman;

/// <summary>References in XML: to characters by number and to the five that have names (XML 1.0, 4.1 and 4.6). There are no others.</summary>
internal static class CharacterReference
{
    /// <summary>Longest one read, without <c>&amp;</c> and <c>;</c>: <c>#x10FFFF</c> with zeros before it. Arbitrary.</summary>
    public const int MaxLength = 16;

    /// <summary>Longest UTF-8 form of what one stands for.</summary>
    public const int MaxUtf8 = 4;

    /// <param name="name">What stands between <c>&amp;</c> and <c>;</c>.</param>
    /// <param name="utf8">At least <see cref="MaxUtf8"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="WsmanException">It stands for nothing.</exception>
    public static int Resolve(ReadOnlySpan<byte> name, Span<byte> utf8)
    {
        if (!name.IsEmpty && name[0] == '#')
            return Number(name[1..]).EncodeToUtf8(utf8);
        utf8[0] = name switch
        {
            [(byte)'a', (byte)'m', (byte)'p'] => (byte)'&',
            [(byte)'l', (byte)'t'] => (byte)'<',
            [(byte)'g', (byte)'t'] => (byte)'>',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => (byte)'"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => (byte)'\'',
            _ => throw Refusal(name),
        };
        return 1;
    }

    public static WsmanException Refusal(ReadOnlySpan<byte> name) => new(
        EnvelopeFault.Malformed, $"The envelope refers to '{Encoding.UTF8.GetString(name[..Math.Min(name.Length, MaxLength)])}', which stands for nothing.");

    // Any number up to 10FFFF: servers put control characters of cmdlet texts into faults. Halves of surrogate pairs have no UTF-8.
    private static Rune Number(ReadOnlySpan<byte> digits)
    {
        var isHex = !digits.IsEmpty && digits[0] == 'x';
        var text = isHex ? digits[1..] : digits;
        var read = Utf8Parser.TryParse(text, out uint value, out var length, isHex ? 'x' : 'D');
        if (!read || length != text.Length || value > 0x10FFFF || text[0] is (byte)'+' or (byte)'-')
            throw Refusal(digits);
        return Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar;
    }
}
