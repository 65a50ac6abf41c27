using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailFlowBot.Lab;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Http;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Lab;

/// <summary>The platform's HTTP client, so that the lab is seen without any code of ours between.</summary>
internal sealed class PlainClient : IWsmanTransport
{
    private const int MostBytes = 4 << 20;

    private readonly ConcurrentQueue<Exchange> _seen = new();
    private readonly HttpClient _http;
    private readonly Uri _address;

    /// <param name="patience">How long an answer may take.</param>
    public PlainClient(
        LabServer lab,
        string path = "EX01/PowerShell/",
        LabAccount? account = null,
        string? password = null,
        bool cookies = false,
        TimeSpan? patience = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = cookies, UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(lab.Authority.Root);
        _http = new HttpClient(handler) { Timeout = patience ?? TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = MostBytes };
        _address = lab.Address(path);
        var user = (account ?? LabAccount.OnCall).UserName;
        var proof = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password ?? lab.Options.Password}"));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", proof);
    }

    /// <summary>Another proof than the password.</summary>
    public AuthenticationHeaderValue Proof
    {
        init => _http.DefaultRequestHeaders.Authorization = value;
    }

    /// <summary>What the wire brought, in order.</summary>
    public IReadOnlyList<Exchange> Seen => [.. _seen];

    public async Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        var action = LabActions.Of(envelope.Span);
        try
        {
            using var response = await SendAsync(envelope, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            _seen.Enqueue(new Exchange(action, response, body, null));
            return new WsmanReply((int)response.StatusCode, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            _seen.Enqueue(new Exchange(action, null, [], e));
            throw new TransportException(Delivery.Unknown, "No answer.", e);
        }
    }

    public Task<HttpResponseMessage> SendAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation = default)
    {
        var content = new ReadOnlyMemoryContent(envelope);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/soap+xml;charset=UTF-8");
        return _http.PostAsync(_address, content, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A request and what became of it.</summary>
    /// <param name="Response">Null when none came.</param>
    /// <param name="Trouble">Why none came, or none whole.</param>
    internal sealed record Exchange(LabAction Action, HttpResponseMessage? Response, byte[] Body, Exception? Trouble)
    {
        public int? Status => (int?)Response?.StatusCode;

        public string Text => Encoding.UTF8.GetString(Body);

        /// <summary>Type of the innermost exception; for a time-out, TimeoutException.</summary>
        public Type? Root
        {
            get
            {
                var e = Trouble;
                while (e is { InnerException: { } inner } and not TimeoutException)
                    e = inner;
                return e?.GetType();
            }
        }
    }
}
