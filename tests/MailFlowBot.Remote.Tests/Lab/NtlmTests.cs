using System.Security.Cryptography;
using System.Text;
using MailFlowBot.Lab.Authentication;

namespace MailFlowBot.Remote.Tests.Lab;

public sealed class NtlmTests
{
    [Theory]
    [InlineData("", "31D6CFE0D16AE931B73C59D7E0C089C0")]
    [InlineData("a", "BDE52CB31DE33E46245E05FBDBD6FB24")]
    [InlineData("abc", "A448017AAF21D8525FC10AE87AA6729D")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "E33B4DDC9C38F2199C3E7B164FCC0536")]
    public void Md4_gives_the_values_of_rfc_1320(string text, string hash) =>
        Assert.Equal(hash, Convert.ToHexString(Md4.Hash(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Rc4_gives_the_values_of_rfc_6229() =>
        Assert.Equal("B2396305F03DC027CCC3524A0A1118A8", Convert.ToHexString(new Rc4([1, 2, 3, 4, 5]).Transform(new byte[16])));

    [Fact]
    public void What_one_direction_wraps_the_same_direction_unwraps_in_order_only()
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var (there, here, late) = (new NtlmDirection(key, "client-to-server"), new NtlmDirection(key, "client-to-server"), new NtlmDirection(key, "client-to-server"));
        var (first, second) = (there.Wrap("one"u8), there.Wrap("two"u8));

        Assert.Equal("one", Encoding.ASCII.GetString(here.Unwrap(first)!));
        Assert.Equal("two", Encoding.ASCII.GetString(here.Unwrap(second)!));
        Assert.Null(late.Unwrap(second));
        Assert.Null(here.Unwrap([1, 0]));
    }
}
