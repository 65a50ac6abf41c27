using System.Text;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>What most tests of the transport do.</summary>
internal static class Posting
{
    public static readonly byte[] Envelope = "<envelope>a change</envelope>"u8.ToArray();

    public static HttpEndpoint Anonymous(this Uri address) => new(address, new Credentials(AuthenticationKind.None));

    public static async Task<string> TextAsync(this HttpWsmanTransport transport, CancellationToken cancellation = default)
    {
        var reply = await transport.PostAsync(Envelope, cancellation);
        return Encoding.UTF8.GetString(await reply.ReadAllAsync(cancellation));
    }

    public static async Task<TransportException> FailAsync(this HttpWsmanTransport transport) =>
        await Assert.ThrowsAsync<TransportException>(() => transport.TextAsync());

    public static async Task<TransportException> FailAsync(this HttpEndpoint endpoint)
    {
        await using var transport = new HttpWsmanTransport(endpoint);
        return await transport.FailAsync();
    }
}
