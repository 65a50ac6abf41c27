using System.Text.Json;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Transport;

public sealed class WrapTokenTests
{
    [SkippableFact]
    public void Rotates_recorded_tokens_into_the_layout_that_gss_unwrap_iov_accepted()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(References.Path("data/psrp/captures/own/kerberos-rotation.json")));
        var cases = vectors.RootElement.GetProperty("cases").EnumerateArray().ToList();

        Assert.NotEmpty(cases);
        foreach (var vector in cases)
        {
            var token = Convert.FromHexString(vector.GetProperty("token_hex").GetString()!);
            var header = WrapToken.Arrange(token, vector.GetProperty("plain_length").GetInt32());

            Assert.Equal(vector.GetProperty("header_hex").GetString(), Convert.ToHexStringLower(token.AsSpan(0, header)));
            Assert.Equal(vector.GetProperty("data_hex").GetString(), Convert.ToHexStringLower(token.AsSpan(header)));
        }
    }

    [Fact]
    public void Leaves_a_token_alone_that_is_rotated_already()
    {
        var token = Sealed(plainLength: 10, rotation: 28);
        var before = token.ToArray();

        Assert.Equal(60, WrapToken.Arrange(token, 10));
        Assert.Equal(before, token);
    }

    [Fact]
    public void Takes_the_sixteen_bytes_of_an_ntlm_signature_as_they_are()
    {
        var token = new byte[16 + 5];
        token[0] = 1;
        var before = token.ToArray();

        Assert.Equal(16, WrapToken.Arrange(token, 5));
        Assert.Equal(before, token);
    }

    [Fact]
    public void Refuses_a_token_that_is_only_signed()
    {
        var token = Sealed(plainLength: 10, rotation: 0);
        token[2] = 0;

        Assert.Throws<EncryptedMessageException>(() => WrapToken.Arrange(token, 10));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(10, 11)]
    [InlineData(10, -1)]
    public void Refuses_lengths_that_cannot_be(int size, int plainLength) =>
        Assert.Throws<EncryptedMessageException>(() => WrapToken.Arrange(new byte[size], plainLength));

    [Fact]
    public void Refuses_a_rotation_that_is_neither_none_nor_the_one_needed() =>
        Assert.Throws<EncryptedMessageException>(() => WrapToken.Arrange(Sealed(plainLength: 10, rotation: 5), 10));

    private static byte[] Sealed(int plainLength, byte rotation)
    {
        var token = new byte[60 + plainLength];
        (token[0], token[1], token[2], token[3], token[7]) = (5, 4, 6, 0xff, rotation);
        for (var i = 16; i < token.Length; i++)
            token[i] = (byte)i;
        return token;
    }
}
