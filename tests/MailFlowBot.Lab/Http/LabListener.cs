using System.Net;
using System.Net.Security;
using MailFlowBot.Lab.Certificates;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace MailFlowBot.Lab.Http;

/// <summary>Kestrel on loopback, HTTP and HTTPS.</summary>
internal sealed class LabListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LabConnections _connections;

    private LabListener(WebApplication app, LabConnections connections)
    {
        (_app, _connections) = (app, connections);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(text => new Uri(text)).ToList();
        Http = Named(addresses.Find(address => address.Scheme == Uri.UriSchemeHttp));
        Https = Named(addresses.Find(address => address.Scheme == Uri.UriSchemeHttps));
    }

    /// <summary>The address under the name that the certificate has; null without such a listener.</summary>
    public Uri? Http { get; }

    public Uri? Https { get; }

    public static async Task<LabListener> StartAsync(
        LabOptions options, LabAuthority authority, LabConnections connections, FaultPlan faults, RequestDelegate serve)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            if (options.HttpPort is { } http)
                kestrel.Listen(IPAddress.Loopback, http, listen => Configure(listen));
            if (options.HttpsPort is { } https)
            {
                kestrel.Listen(IPAddress.Loopback, https, listen =>
                {
                    Configure(listen);
                    listen.UseHttps(Tls(options, authority, faults));
                });
            }
        });
        var app = builder.Build();
        app.Run(serve);
        await app.StartAsync();
        return new LabListener(app, connections);

        void Configure(ListenOptions listen)
        {
            // WinRM speaks HTTP/1.1, and authentication belongs to one connection there.
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(connections.Track);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Receives that wait would hold the server's end up.
        _connections.AbortAll();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static HttpsConnectionAdapterOptions Tls(LabOptions options, LabAuthority authority, FaultPlan faults) => new()
    {
        ServerCertificateSelector = (_, _) =>
            faults.Due<LabFault.OfCertificate>(LabAction.Any) is null ? authority.Server : authority.Expired,
        ClientCertificateMode = options.Authentication.Contains(AuthenticationKind.Certificate)
            ? ClientCertificateMode.AllowCertificate
            : ClientCertificateMode.NoCertificate,
        // Whose it is, is asked later: a certificate that is not ours is refused with 401 as WinRM does, not by TLS.
        ClientCertificateValidation = (_, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable),
    };

    private static Uri? Named(Uri? address) => address is null ? null : new UriBuilder(address) { Host = "localhost" }.Uri;
}
