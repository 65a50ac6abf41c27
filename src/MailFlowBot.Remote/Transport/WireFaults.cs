using System.Net.Sockets;

namespace MailFlowBot.Remote.Transport;

/// <summary>What it means when the runtime's HTTP gives up.</summary>
internal static class WireFaults
{
    /// <summary>True for what <see cref="Of"/> knows to tell.</summary>
    public static bool IsKnown(Exception thrown) => thrown is HttpRequestException or IOException or SocketException or TimeoutException
        || thrown is OperationCanceledException { InnerException: TimeoutException };

    /// <param name="thrown">Of sending or of reading.</param>
    /// <param name="mayHaveArrived">False when no byte of the body went out.</param>
    /// <param name="where">The endpoint in messages.</param>
    /// <param name="certificateRefusal">What was wrong with the certificate; null when nothing was.</param>
    public static TransportException Of(Exception thrown, bool mayHaveArrived, string where, string? certificateRefusal)
    {
        var delivery = mayHaveArrived ? Delivery.Unknown : Delivery.NotSent;
        var error = (thrown as HttpRequestException)?.HttpRequestError ?? (thrown as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown;
        return error switch
        {
            HttpRequestError.SecureConnectionError when certificateRefusal is not null => New(TransportFault.Untrusted, $"{where} {certificateRefusal}."),
            HttpRequestError.SecureConnectionError => New(TransportFault.Unreachable, $"{where} does not speak TLS, or not a version of it that is accepted here."),
            HttpRequestError.NameResolutionError => New(TransportFault.Unreachable, $"{where}: the host name is not known."),
            HttpRequestError.ProxyTunnelError => New(TransportFault.Unreachable, $"{where}: the proxy opens no way there."),
            HttpRequestError.ConnectionError => New(TransportFault.Unreachable, $"{where} cannot be reached ({Reason(thrown)})."),
            HttpRequestError.InvalidResponse => New(TransportFault.BadAnswer, $"{where} answers with something that is not HTTP."),
            HttpRequestError.ConfigurationLimitExceeded => New(TransportFault.AnswerTooLarge, $"{where} sends headers over the limit."),
            _ when thrown is TimeoutException or OperationCanceledException => New(TransportFault.Unreachable, $"{where} does not take a connection in time."),
            _ => New(TransportFault.BrokenOff, $"The connection to {where} broke off ({Reason(thrown)})."),
        };

        TransportException New(TransportFault fault, string message) => new(fault, delivery, message, thrown);
    }

    // The messages of exceptions name addresses at most; the innermost socket error says the most in the fewest words.
    private static string Reason(Exception thrown)
    {
        for (var inner = thrown; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
                return socket.SocketErrorCode.ToString();
        }

        return thrown is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            ? "the answer ended too early"
            : "no more is known";
    }
}
