using System.Net.Http.Headers;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// Proves the account on a connection by empty requests, before any envelope goes out: Kerberos, Negotiate and NTLM in rounds of
/// tokens (RFC 4559), a client certificate by a request that TLS 1.3 may still refuse.
/// </summary>
internal sealed class Handshake(HttpEndpoint endpoint, Uri address, LaneWire wire, TimeProvider time)
{
    private readonly string _where = EndpointAddress.Shown(address);
    private readonly string _who = endpoint.Credentials.Account();
    private SecurityContext? _context;
    private bool _takesOnlyNegotiate;

    /// <summary>True when envelopes may follow.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The connection it holds for.</summary>
    public int Generation { get; private set; } = -1;

    /// <summary>How bodies are to be encrypted; null over TLS.</summary>
    public MessageEncryption? Encryption { get; private set; }

    private bool IsSecure => address.Scheme == Uri.UriSchemeHttps;

    private bool HasTokens => endpoint.Credentials.Kind != AuthenticationKind.Certificate;

    /// <returns>Where the server leads to; null when it was done.</returns>
    /// <exception cref="TransportException">It failed; nothing was sent.</exception>
    public async Task<Uri?> RunAsync(Func<HttpContent, HttpRequestMessage> basics, bool isFirst, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TransportLimits.MaxHandshakes; attempt++)
        {
            var scheme = _takesOnlyNegotiate ? "Negotiate" : endpoint.Credentials.Kind == AuthenticationKind.Kerberos ? "Kerberos" : "Negotiate";
            if (!HasTokens || IsSecure || endpoint.Credentials.Kind == AuthenticationKind.Ntlm)
            {
                // Opens the connection, so that there is something to bind to; and asks what is offered.
                using var opening = await AskAsync(basics, null, cancellation).ConfigureAwait(false);
                if (Location(opening) is { } elsewhere)
                    return elsewhere;
                scheme = Offered(opening, scheme);
            }

            if (!HasTokens)
            {
                (IsComplete, Generation) = (true, wire.Generation);
                return null;
            }

            var (isDone, leadsTo) = await ExchangeAsync(basics, scheme, isFirst && attempt == 0, cancellation).ConfigureAwait(false);
            if (isDone || leadsTo is not null)
                return leadsTo;
        }

        throw new TransportException(
            TransportFault.Unreachable, Delivery.NotSent, $"{_where} or a proxy closes the connection between the steps of the handshake; it must stay open.");
    }

    public void Close() => _context?.Close();

    /// <returns>Not done and no location: the connection changed between the rounds, or another scheme is wanted.</returns>
    private async Task<(bool IsDone, Uri? LeadsTo)> ExchangeAsync(
        Func<HttpContent, HttpRequestMessage> basics, string scheme, bool diagnoses, CancellationToken cancellation)
    {
        Close();
        var target = endpoint.Credentials.ServicePrincipal ?? "HTTP/" + address.Host;
        var faults = new TicketFaults(_where, _who, target);
        (_context, var token) = await SecurityContext.BeginAsync(
            endpoint.Credentials, target, wire.Binding, diagnoses, faults, cancellation).ConfigureAwait(false);
        for (var round = 0; round < TransportLimits.MaxHandshakeRounds; round++)
        {
            using var answer = await AskAsync(basics, new AuthenticationHeaderValue(scheme, Convert.ToBase64String(token)), cancellation).ConfigureAwait(false);
            if (round > 0 && wire.Generation != Generation)
                return (false, null);
            Generation = wire.Generation;
            if (Location(answer) is { } elsewhere)
                return (false, elsewhere);
            var challenge = Challenge(answer, scheme);
            if ((int)answer.StatusCode != 401)
            {
                await EndAsync(answer, challenge, scheme, cancellation).ConfigureAwait(false);
                return (true, null);
            }

            if (round == 0 && challenge is null && scheme == "Kerberos" && Offered(answer, scheme) != scheme)
            {
                // IIS knows Kerberos by the name of Negotiate alone. It has not looked at the ticket.
                _takesOnlyNegotiate = true;
                return (false, null);
            }

            if (challenge is null || await _context.ContinueAsync(challenge, cancellation).ConfigureAwait(false) is not { } next)
                throw Unauthorized(answer);
            token = next;
        }

        throw new TransportException(
            TransportFault.Unauthorized, Delivery.NotSent, $"{_where} asks for more rounds of the handshake than there can be; {_who} is not accepted.")
        { Status = 401 };
    }

    private async Task EndAsync(HttpResponseMessage answer, byte[]? challenge, string scheme, CancellationToken cancellation)
    {
        if (!_context!.IsComplete && challenge is not null)
            await _context.ContinueAsync(challenge, cancellation).ConfigureAwait(false);

        // A status of any service behind is fine here: an empty request is not what it is there for.
        if (StatusFaults.OfStatus((int)answer.StatusCode, _where, _who, answer, time.GetUtcNow()) is { Fault: not (TransportFault.RequestTooLarge or TransportFault.NotConfigured) } fault)
            throw fault;
        if (!_context.IsComplete && !answer.IsSuccessStatusCode)
        {
            throw new TransportException(
                TransportFault.BadAnswer, Delivery.NotSent, $"{_where} ended the handshake with status {(int)answer.StatusCode} and no token.")
            { Status = (int)answer.StatusCode };
        }

        if (!_context.IsComplete)
        {
            throw new TransportException(
                TransportFault.BadAnswer, Delivery.NotSent, $"{_where} lets {_who} in without proving that it is the server; nothing was sent to it.");
        }

        if (!IsSecure)
            Encryption = _context.Encryption(scheme == "Kerberos" ? EncryptionProtocol.Kerberos : EncryptionProtocol.Spnego);
        IsComplete = true;
    }

    private async Task<HttpResponseMessage> AskAsync(
        Func<HttpContent, HttpRequestMessage> basics, AuthenticationHeaderValue? authorization, CancellationToken cancellation)
    {
        using var request = basics(new ByteArrayContent([]));
        if (authorization is not null)
            request.Headers.Authorization = authorization;
        HttpResponseMessage? answer = null;
        try
        {
            answer = await wire.SendAsync(request, cancellation).ConfigureAwait(false);
            await Draining.ReadAsync(answer, cancellation).ConfigureAwait(false);
            return answer;
        }
        catch (Exception e) when (WireFaults.IsKnown(e))
        {
            answer?.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw WireFaults.Of(e, mayHaveArrived: false, _where, wire.CertificateRefusal);
        }
        catch
        {
            answer?.Dispose();
            throw;
        }
    }

    private string Offered(HttpResponseMessage opening, string scheme)
    {
        if ((int)opening.StatusCode == 401 && !HasTokens)
            throw Unauthorized(opening);
        if (StatusFaults.OfStatus((int)opening.StatusCode, _where, _who, opening, time.GetUtcNow())
            is { Fault: not (TransportFault.RequestTooLarge or TransportFault.NotConfigured or TransportFault.Unauthorized) } fault)
        {
            throw fault;
        }

        var offers = opening.Headers.WwwAuthenticate.Select(offer => offer.Scheme).ToList();
        return endpoint.Credentials.Kind == AuthenticationKind.Ntlm && Has("NTLM") && !Has("Negotiate") ? "NTLM"
            : endpoint.Credentials.Kind == AuthenticationKind.Kerberos && Has("Negotiate") && !Has("Kerberos") ? "Negotiate"
            : scheme;

        bool Has(string name) => offers.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private TransportException Unauthorized(HttpResponseMessage answer)
    {
        var offers = string.Join(", ", answer.Headers.WwwAuthenticate.Select(offer => offer.Scheme).Where(IsWord).Distinct(StringComparer.OrdinalIgnoreCase).Take(6));
        var skew = answer.Headers.Date is { } there ? (there - time.GetUtcNow()).Duration() : TimeSpan.Zero;
        var reason = skew > TransportLimits.MaxClockSkew
            ? $"its clock is {skew.TotalMinutes:0} minutes apart from this machine's; set them"
            : $"the account, its password or its rights are wrong, or it takes no {endpoint.Credentials.Kind} (it offers: {(offers.Length == 0 ? "nothing" : offers)})";
        return new TransportException(TransportFault.Unauthorized, Delivery.NotSent, $"{_where} does not accept {_who}: {reason}.") { Status = 401 };
    }

    // The server's words reach a message only when they are words.
    private static bool IsWord(string scheme) => scheme.Length <= 20 && scheme.All(char.IsAsciiLetterOrDigit);

    private byte[]? Challenge(HttpResponseMessage answer, string scheme)
    {
        var text = answer.Headers.WwwAuthenticate.FirstOrDefault(offer => offer.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase))?.Parameter;
        if (string.IsNullOrEmpty(text))
            return null;
        var token = new byte[text.Length];
        return Convert.TryFromBase64String(text, token, out var length)
            ? token[..length]
            : throw new TransportException(TransportFault.BadAnswer, Delivery.NotSent, $"{_where} sent a token that is not base64.");
    }

    private Uri? Location(HttpResponseMessage answer) =>
        StatusFaults.IsRedirect(answer.StatusCode) ? Redirects.Location(answer, address, _where) : null;
}
