using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>A web server on loopback that answers envelopes; what it does is up to the test.</summary>
internal sealed class WsmanPeer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WsmanPeer(WebApplication server) => _server = server;

    /// <summary>All requests, without the bodies.</summary>
    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    /// <summary>With the name localhost, which certificates and principals are for.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    public static async Task<WsmanPeer> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null, SslProtocols tls = SslProtocols.None, bool wantsCertificate = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is null)
                return;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                https.SslProtocols = tls;
                https.ClientCertificateMode = wantsCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate;
                https.AllowAnyClientCertificate();
            });
        }));
        var server = builder.Build();
        var peer = new WsmanPeer(server);
        server.Run(context =>
        {
            peer.Seen.Enqueue(new SeenRequest(
                context.Connection.Id,
                context.Request.Path + context.Request.QueryString,
                context.Request.ContentLength ?? -1,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            return answer(context);
        });
        await server.StartAsync();
        var port = new Uri(server.Urls.Single()).Port;
        peer.Address = new Uri($"{(certificate is null ? "http" : "https")}://localhost:{port}/wsman");
        return peer;
    }

    /// <summary>Answers every envelope with itself in an element.</summary>
    public static async Task EchoAsync(HttpContext context)
    {
        var body = await BodyAsync(context);
        context.Response.ContentType = "application/soap+xml;charset=UTF-8";
        byte[] answer = [.. "<echo>"u8, .. body, .. "</echo>"u8];
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    public static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _server.StopAsync(atOnce.Token);
        await _server.DisposeAsync();
    }
}

/// <summary>A request as the peer saw it.</summary>
internal sealed record SeenRequest(string Connection, string Target, long Length, IReadOnlyDictionary<string, string> Headers);
