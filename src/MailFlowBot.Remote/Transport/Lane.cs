using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MailFlowBot.Remote.Transport;

/// <summary>One connection with its own authentication; carries one envelope at a time.</summary>
/// <param name="endpoint">As redirects have left it.</param>
/// <param name="address">What is asked; see <see cref="EndpointAddress.Of"/>.</param>
/// <param name="gate">Shared by all lanes of the endpoint.</param>
/// <param name="cookies">Shared by all lanes of the endpoint.</param>
/// <param name="time">For Retry-After and the comparison of clocks.</param>
internal sealed class Lane(HttpEndpoint endpoint, Uri address, CredentialGate gate, CookieContainer cookies, TimeProvider time) : IDisposable
{
    // Names the mechanism to WinRM, which takes the identity from TLS (MS-WSMV 2.2.4).
    private const string CertificateScheme = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";

    private readonly LaneWire _wire = new(endpoint, cookies);
    private readonly string _where = EndpointAddress.Shown(address);
    private readonly string _who = endpoint.Credentials.Account();
    private Handshake? _handshake;
    private int _agreedOn = -1;

    private bool IsAgreed => _handshake is { IsComplete: true } && _agreedOn == _wire.Generation;

    private bool NeedsHandshake => endpoint.Credentials.Kind
        is AuthenticationKind.Kerberos or AuthenticationKind.Negotiate or AuthenticationKind.Ntlm or AuthenticationKind.Certificate;

    /// <returns>The answer with its headers read, or where the server leads to.</returns>
    /// <exception cref="TransportException">No envelope came back.</exception>
    public async Task<LaneAnswer> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        var isRejected = false;
        for (var handshakes = 0; handshakes < TransportLimits.MaxHandshakes; handshakes++)
        {
            using var pass = endpoint.Credentials.Kind == AuthenticationKind.None ? null : await gate.EnterAsync(cancellation).ConfigureAwait(false);
            if (NeedsHandshake && !IsAgreed && await AgreeAsync(isFirst: pass is not null, cancellation).ConfigureAwait(false) is { } leadsTo)
                return new LaneAnswer.Redirected(leadsTo);
            if (NeedsHandshake)
                pass?.Dispose();

            var encryption = _handshake?.Encryption;
            using var content = Content(envelope, encryption);
            var answer = await SendAsync(content, cancellation).ConfigureAwait(false);
            if (answer is null)
                continue;
            if (StatusFaults.IsRedirect(answer.StatusCode))
            {
                using (answer)
                    return new LaneAnswer.Redirected(Redirects.Location(answer, address, _where));
            }

            if (await JudgeAsync(answer, encryption is not null, isRejected, cancellation).ConfigureAwait(false) is { } judged)
                return judged with { Encryption = encryption };

            // The server has forgotten this connection. It refused the envelope, so after another handshake it may go once more.
            isRejected = true;
            _agreedOn = -1;
        }

        throw new TransportException(
            TransportFault.Unreachable, Delivery.NotSent, $"{_where} or a proxy closes the connection after every handshake; {endpoint.Credentials.Kind} needs one that stays open.");
    }

    public void Dispose()
    {
        _wire.Dispose();
        _handshake?.Close();
    }

    private EnvelopeContent Content(ReadOnlyMemory<byte> envelope, MessageEncryption? encryption)
    {
        if (encryption is null)
            return new EnvelopeContent(envelope, EncryptedMultipart.SoapMediaType, MayGo);
        try
        {
            return new EnvelopeContent(encryption.Seal(envelope.Span), encryption.ContentType, MayGo);
        }
        catch (EncryptedMessageException e)
        {
            throw new TransportException(TransportFault.BadAnswer, Delivery.NotSent, $"{_where}: {e.Message}", e);
        }
    }

    private bool MayGo() => !NeedsHandshake || _agreedOn == _wire.Generation;

    private async Task<Uri?> AgreeAsync(bool isFirst, CancellationToken cancellation)
    {
        _handshake?.Close();
        _handshake = new Handshake(endpoint, address, _wire, time);
        try
        {
            var leadsTo = await _handshake.RunAsync(Basics, isFirst, cancellation).ConfigureAwait(false);
            _agreedOn = _handshake.Generation;
            if (leadsTo is null)
                gate.Prove();
            return leadsTo;
        }
        catch (TransportException e) when (e.Fault == TransportFault.Unauthorized && endpoint.Credentials.Password is not null)
        {
            gate.Refuse(e);
            throw;
        }
    }

    /// <returns>Null when the connection had changed and nothing was sent.</returns>
    private async Task<HttpResponseMessage?> SendAsync(EnvelopeContent content, CancellationToken cancellation)
    {
        using var request = Basics(content);
        try
        {
            return await _wire.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (content.IsRefused && e is HttpRequestException or IOException)
        {
            return null;
        }
        catch (Exception e) when (WireFaults.IsKnown(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw WireFaults.Of(e, content.IsStarted, _where, _wire.CertificateRefusal);
        }
    }

    /// <returns>Null when a handshake and another try are in order.</returns>
    private async Task<LaneAnswer.Answered?> JudgeAsync(HttpResponseMessage answer, bool isEncrypted, bool isRejected, CancellationToken cancellation)
    {
        var fault = StatusFaults.Of(answer, isEncrypted, _where, _who, time.GetUtcNow());
        if (fault is null && !NeedsHandshake)
            gate.Prove();
        if (fault is null)
            return new LaneAnswer.Answered(answer);
        using (answer)
        {
            if (fault.Fault != TransportFault.Unauthorized)
                throw fault;
            if (!NeedsHandshake && endpoint.Credentials.Password is not null)
                gate.Refuse(fault);
            if (isRejected || !NeedsHandshake)
                throw fault;
            await Draining.ReadAsync(answer, cancellation).ConfigureAwait(false);
            return null;
        }
    }

    private HttpRequestMessage Basics(HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MailFlowBot", null));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        request.Headers.ExpectContinue = false;
        request.Headers.ConnectionClose = false;
        if (endpoint.Credentials is { Kind: AuthenticationKind.Basic, Password: { } password } who)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{who.UserName}:{password.Reveal()}")));
        }
        else if (endpoint.Credentials.Kind == AuthenticationKind.Certificate)
        {
            request.Headers.TryAddWithoutValidation("Authorization", CertificateScheme);
        }

        return request;
    }
}
