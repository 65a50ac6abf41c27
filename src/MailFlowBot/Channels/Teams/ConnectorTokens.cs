using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// The bot's own tokens for the connector. The library caches them and asks anew five minutes before they expire; callers take turns, so
/// that many who find the cache empty make one request.
/// </summary>
internal sealed class ConnectorTokens : IDisposable
{
    private readonly LoopbackAuthority _authority;
    private readonly Func<bool, CancellationToken, Task<AuthenticationResult>> _acquire;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public ConnectorTokens(BotRegistration registration)
    {
        _authority = new LoopbackAuthority(registration.Authority);
        _acquire = registration.Credential is BotCredential.ManagedIdentity ? Managed(registration) : Confidential(registration);
    }

    /// <exception cref="ConnectorFailed">The authority gives none.</exception>
    public Task<string> GetAsync(CancellationToken cancellationToken) => InTurnAsync(null, cancellationToken);

    /// <summary>A token other than the one that the connector refused; of many who ask at once one asks the authority.</summary>
    /// <exception cref="ConnectorFailed">The authority gives none.</exception>
    public Task<string> ReplaceAsync(string refused, CancellationToken cancellationToken) => InTurnAsync(refused, cancellationToken);

    public void Dispose()
    {
        _turn.Dispose();
        _authority.Dispose();
    }

    private async Task<string> InTurnAsync(string? refused, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var current = await AcquireAsync(fresh: false, cancellationToken).ConfigureAwait(false);
            return current != refused ? current : await AcquireAsync(fresh: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<string> AcquireAsync(bool fresh, CancellationToken cancellationToken)
    {
        try
        {
            return (await _acquire(fresh, cancellationToken).ConfigureAwait(false)).AccessToken;
        }
        catch (Exception exception) when (exception is MsalException or HttpRequestException)
        {
            // The library's text can hold parts of the request; its code is enough to act on.
            var code = (exception as MsalException)?.ErrorCode ?? "unreachable";
            throw new ConnectorFailed(ConnectorFault.NoToken,
                $"The login authority gave no token ({code}): check Teams:AppId, Teams:TenantId and the credential.");
        }
    }

    private Func<bool, CancellationToken, Task<AuthenticationResult>> Confidential(BotRegistration registration)
    {
        var builder = ConfidentialClientApplicationBuilder.Create($"{registration.AppId:D}")
            .WithHttpClientFactory(_authority)
            .WithAuthority(LoopbackAuthority.Named(registration.Authority), validateAuthority: false)
            .WithInstanceDiscovery(false);
        builder = registration.Credential switch
        {
            BotCredential.Secret secret => builder.WithClientSecret(secret.Value),
            BotCredential.Certificate file => builder.WithCertificate(BotCertificate.Load(file.Path)
                ?? throw new InvalidOperationException($"{TeamsOptions.Section}:CertificatePath holds no certificate with a private key.")),
            _ => throw new InvalidOperationException("A managed identity is no confidential client."),
        };
        var client = builder.Build();
        string[] scopes = [registration.Scope];
        return (fresh, cancellationToken) => client.AcquireTokenForClient(scopes).WithForceRefresh(fresh).ExecuteAsync(cancellationToken);
    }

    private Func<bool, CancellationToken, Task<AuthenticationResult>> Managed(BotRegistration registration)
    {
        var client = ManagedIdentityApplicationBuilder
            .Create(ManagedIdentityId.WithUserAssignedClientId($"{registration.AppId:D}"))
            .WithHttpClientFactory(_authority)
            .Build();
        var resource = registration.Scope[..registration.Scope.LastIndexOf('/')];
        return (fresh, cancellationToken) =>
            client.AcquireTokenForManagedIdentity(resource).WithForceRefresh(fresh).ExecuteAsync(cancellationToken);
    }
}
