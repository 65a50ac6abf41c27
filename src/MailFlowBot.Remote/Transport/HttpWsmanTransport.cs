using System.Net;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// WSMan over HTTP (MS-WSMV 2.1). Each envelope goes out on a lane of its own connection, at most once: what may have arrived is never
/// repeated here. Redirects of the server are followed where the endpoint allows it, and hold for what comes after.
/// </summary>
internal sealed class HttpWsmanTransport : IWsmanTransport
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _sync = new();
    private Destination _destination;
    private int _closed;

    /// <exception cref="TransportException"><see cref="TransportFault.NotConfigured"/>: this cannot work or would show a secret.</exception>
    public HttpWsmanTransport(HttpEndpoint endpoint, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _destination = new Destination(endpoint, _time);
    }

    /// <summary>What is asked at present: after redirects, and as Exchange wants it.</summary>
    public Uri Address => Volatile.Read(ref _destination).Address;

    /// <summary>Connections at present; for measuring.</summary>
    public int Lanes => Volatile.Read(ref _destination).Lanes.Count;

    /// <summary>A transport to where a redirect fault of WSMan leads, under the rules of this endpoint. This one stays open.</summary>
    /// <exception cref="TransportException"><see cref="TransportFault.RedirectRefused"/>: it may not lead there.</exception>
    public HttpWsmanTransport RedirectTo(Uri location)
    {
        var from = Volatile.Read(ref _destination);
        return new HttpWsmanTransport(from.Follow(location), _time);
    }

    /// <inheritdoc/>
    public async Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, this);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        for (var redirects = 0; redirects <= TransportLimits.MaxRedirects;)
        {
            var destination = Volatile.Read(ref _destination);
            Lane? lane = null;
            try
            {
                lane = await destination.Lanes.LeaseAsync(either.Token).ConfigureAwait(false);
                if (lane is null)
                {
                    if (_closing.IsCancellationRequested)
                        throw Closed(destination, Delivery.NotSent, null);

                    // Another call was redirected meanwhile, and the transport has moved.
                    continue;
                }

                switch (await lane.PostAsync(envelope, either.Token).ConfigureAwait(false))
                {
                    case LaneAnswer.Answered answered:
                        var body = new LaneBody(answered, lane, destination.Lanes, destination.Shown);
                        lane = null;
                        return new WsmanReply((int)answered.Response.StatusCode, body);
                    case LaneAnswer.Redirected redirected:
                        Move(destination, redirected.Location);
                        redirects++;
                        break;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _closing.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw Closed(destination, Delivery.Unknown, e);
            }
            finally
            {
                if (lane is not null)
                    destination.Lanes.Return(lane, isClean: false);
            }
        }

        throw new TransportException(
            TransportFault.RedirectRefused, Delivery.NotSent, $"{EndpointAddress.Shown(Address)} redirects more than {TransportLimits.MaxRedirects} times.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        lock (_sync)
            _destination.Lanes.Close();
    }

    private static TransportException Closed(Destination destination, Delivery delivery, Exception? inner) =>
        new(TransportFault.BrokenOff, delivery, $"The connection to {destination.Shown} was closed from here.", inner);

    // Several lanes may be led to the same place at once; the first moves the transport, for the others the place is new already.
    private void Move(Destination from, Uri location)
    {
        var to = from.Follow(location);
        lock (_sync)
        {
            if (_closed != 0 || !ReferenceEquals(_destination, from))
                return;
            Volatile.Write(ref _destination, new Destination(to, _time));
        }

        // Lanes still in use there end with their answers.
        from.Lanes.Retire();
    }

    /// <summary>Where envelopes go, with all that belongs to that place.</summary>
    private sealed class Destination
    {
        private readonly HttpEndpoint _endpoint;

        public Destination(HttpEndpoint endpoint, TimeProvider time)
        {
            _endpoint = endpoint;
            Address = EndpointAddress.Of(endpoint.Address);
            Shown = EndpointAddress.Shown(Address);
            EndpointAddress.Check(Address, endpoint);
            var gate = new CredentialGate();
            var cookies = new CookieContainer();
            Lanes = new LaneQueue(() => new Lane(endpoint, Address, gate, cookies, time), endpoint.MaxLanes);
        }

        public Uri Address { get; }

        public string Shown { get; }

        public LaneQueue Lanes { get; }

        public HttpEndpoint Follow(Uri location) => RedirectRule.Refusal(Address, location, _endpoint) is { } refusal
            ? throw new TransportException(
                TransportFault.RedirectRefused, Delivery.NotSent, $"{Shown} redirects to {EndpointAddress.Shown(location)}, which is refused: {refusal}.")
            : RedirectRule.Follow(_endpoint, Address, location);
    }
}
