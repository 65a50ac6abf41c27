using System.Security.Cryptography;

namespace MailFlowBot.Remote.Approvals;

/// <summary>Lower-case hexadecimal of a fixed length: the only spelling, so that no two texts stand for the same bytes.</summary>
internal static class HexText
{
    public static string Check(string? text, int bytes, string what) =>
        text is not null && text.Length == bytes * 2 && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw new FormatException($"{what} has {bytes * 2} lower-case hexadecimal digits");

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static string Digest(ReadOnlySpan<byte> bytes) => Of(SHA256.HashData(bytes));
}
