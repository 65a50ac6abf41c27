using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Joins the parts of the Teams channel. The channel exists before the use cases that write to it; the endpoint comes with
/// <see cref="Map"/>, when there is somebody to deliver to.
/// </summary>
internal sealed class TeamsAdapter : IAsyncDisposable
{
    private readonly TeamsSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http = new(ConnectorClient.Handler()) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConnectorTokens? _tokens;
    private readonly ThreadAddresses _addresses = new();
    private readonly People _people;
    private readonly TeamsChannel _channel;
    private ActivityQueue? _queue;
    private ClickWork? _clicks;

    public TeamsAdapter(TeamsSettings settings, TimeProvider time, ILogger<TeamsAdapter> logger)
    {
        _settings = settings;
        _time = time;
        _logger = logger;
        _tokens = settings.Registration is { } registration ? new ConnectorTokens(registration) : null;
        var connector = new ConnectorClient(_http, settings.ServiceUrls, _tokens, time, logger);
        _people = new People(connector, settings.Tenants, time, logger);
        _channel = new TeamsChannel(connector, _addresses, _people, new OutgoingActivity(settings.BotId), new SendPace(time));
        if (_tokens is null)
            TeamsLog.TokensOff(logger);
    }

    public IChannel Channel => _channel;

    /// <summary>False only where tokens are switched off for local tests.</summary>
    public bool IsRegistered => _settings.Registration is not null;

    /// <summary>Serves <c>/api/messages</c>. Once.</summary>
    /// <param name="claim">Takes a delivery key once: the store's.</param>
    public void Map(IEndpointRouteBuilder endpoints, Inbox inbox, Func<string, DateTimeOffset, CancellationToken, Task<bool>> claim)
    {
        if (_queue is not null)
            throw new InvalidOperationException("The Teams endpoint is mapped already.");
        var deliveries = new Deliveries(claim, _time);
        _queue = new ActivityQueue(new MessageWork(_people, inbox, _channel).HandleAsync, _logger);
        _clicks = new ClickWork(_people, inbox, _channel, deliveries, _time, _logger);
        var gate = new ActivityGate(_settings, Tokens(), _time);
        var endpoint = new ActivityEndpoint(gate, _addresses, deliveries, _queue, _clicks, _logger);
        endpoints.Map(ActivityEndpoint.Path, endpoint.HandleAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (_queue is not null)
            await _queue.DisposeAsync().ConfigureAwait(false);
        if (_clicks is not null)
            await _clicks.DisposeAsync().ConfigureAwait(false);
        _tokens?.Dispose();
        _http.Dispose();
    }

    private TokenValidation? Tokens() => _settings.Registration is not { } registration
        ? null
        : new TokenValidation(
            registration, _settings.Issuers, new SigningKeys(new KeySource(_http, _settings.OpenIdMetadata), _time, _logger), _time);
}
