using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>Asks one endpoint who it is and how it lets people in, without opening a shell.</summary>
public sealed class EndpointProbe : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HttpEndpoint _endpoint;
    private readonly IWsmanTransport _transport;

    /// <exception cref="EndpointUnreachableException">The endpoint cannot be used in this way, such as Basic over plain http.</exception>
    /// <param name="trace">Records every exchange; null records nothing. Stays the caller's.</param>
    public EndpointProbe(HttpEndpoint endpoint, ExchangeTrace? trace = null)
        : this(endpoint, Connect(endpoint, trace))
    {
    }

    internal EndpointProbe(HttpEndpoint endpoint, IWsmanTransport transport)
    {
        _endpoint = endpoint;
        _transport = transport;
    }

    /// <summary>What the endpoint offers to whoever comes without credentials, such as <c>Kerberos</c> and <c>Negotiate</c>.</summary>
    /// <exception cref="EndpointUnreachableException">No connection, or an untrusted certificate.</exception>
    public async Task<IReadOnlyList<string>> OffersAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            return await AuthenticationOffers.AskAsync(_endpoint, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Silent(e);
        }
    }

    /// <summary>Who answers, asked with the credentials of the endpoint.</summary>
    /// <exception cref="EndpointUnreachableException">No connection, not let in, or no answer of a WSMan server.</exception>
    public async Task<EndpointIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var request = EnumerationClient.Identify();
        try
        {
            var reply = await _transport.PostAsync(request.Envelope, limit.Token).ConfigureAwait(false);
            var answer = await reply.ReadAllAsync(limit.Token).ConfigureAwait(false);
            return EnumerationClient.Accept(request, answer) switch
            {
                WsmanResponse.Identified who => new EndpointIdentity(who.ProtocolVersion, who.ProductVendor, who.ProductVersion, who.SecurityProfiles),
                WsmanResponse.Faulted { Fault: var fault } => throw new EndpointUnreachableException($"{Shown} refused to say who it is: {fault.Text} (code {fault.RawCode})."),
                var other => throw new EndpointUnreachableException($"{Shown} answered with {other.GetType().Name} instead of its identity."),
            };
        }
        catch (TransportException e)
        {
            throw new EndpointUnreachableException(e.Message, e) { IsRefusal = e.Fault is TransportFault.Unauthorized or TransportFault.Forbidden };
        }
        catch (WsmanException e)
        {
            throw new EndpointUnreachableException($"{Shown} does not speak WSMan: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Silent(e);
        }
    }

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private string Shown => _endpoint.Address.GetLeftPart(UriPartial.Path);

    private static IWsmanTransport Connect(HttpEndpoint endpoint, ExchangeTrace? trace)
    {
        try
        {
            var transport = new HttpWsmanTransport(endpoint);
            return trace?.Record(transport) ?? transport;
        }
        catch (TransportException e)
        {
            throw new EndpointUnreachableException(e.Message, e);
        }
    }

    private EndpointUnreachableException Silent(Exception cause) => new($"{Shown} did not answer within {Limit.TotalSeconds:0} s.", cause);
}
