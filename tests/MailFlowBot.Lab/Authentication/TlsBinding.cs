using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace MailFlowBot.Lab.Authentication;

/// <summary>The channel binding of a TLS connection, tls-server-end-point (RFC 5929 4).</summary>
/// <param name="ApplicationData">The prefix and the hash of the server's certificate.</param>
internal sealed record TlsBinding(byte[] ApplicationData)
{
    /// <summary>Null without TLS.</summary>
    /// <remarks>
    /// Made by hand: the platform's own question fails on the server's end of TLS on Linux. SHA-256, since the lab's authority signs with it.
    /// </remarks>
    public static TlsBinding? Of(HttpContext context) =>
        context.Features.Get<ISslStreamFeature>()?.SslStream.LocalCertificate is { } certificate
            ? new TlsBinding([.. "tls-server-end-point:"u8, .. SHA256.HashData(certificate.GetRawCertData())])
            : null;

    /// <summary>What NTLM carries: MD5 over the structure with empty addresses (MS-NLMP 2.2.2.1, MsvAvChannelBindings).</summary>
    public byte[] NtlmHash()
    {
        var text = new byte[20 + ApplicationData.Length];
        BinaryPrimitives.WriteInt32LittleEndian(text.AsSpan(16), ApplicationData.Length);
        ApplicationData.CopyTo(text, 20);
#pragma warning disable CA5351 // The protocol says MD5.
        return MD5.HashData(text);
#pragma warning restore CA5351
    }
}
