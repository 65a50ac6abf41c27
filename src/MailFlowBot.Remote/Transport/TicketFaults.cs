using System.Net.Security;

namespace MailFlowBot.Remote.Transport;

/// <summary>Why a security context could not be made, and what to do about it.</summary>
/// <param name="where">The endpoint in messages.</param>
/// <param name="who">The account in messages.</param>
/// <param name="target">The service principal.</param>
internal sealed class TicketFaults(string where, string who, string target)
{
    /// <param name="status">What the step came to.</param>
    /// <param name="error">The Kerberos error, where it is known.</param>
    /// <param name="hasPassword">Whether a password was given, rather than a ticket cache.</param>
    public TransportException Of(NegotiateAuthenticationStatusCode status, int? error, bool hasPassword) => error switch
    {
        6 => Unauthorized($"the realm does not know {who}; the account must be a UPN (user@realm)."),
        7 => NoTicket($"the realm knows no service {target}; use the server's full host name, or set the service principal."),
        18 => Unauthorized($"{who} is disabled, expired or locked."),
        23 => Unauthorized($"the password of {who} has expired."),
        24 or 31 when hasPassword => Unauthorized($"the password of {who} is wrong."),
        32 => NoTicket($"the ticket of {who} has expired; get a new one (kinit)."),
        33 => NoTicket($"the ticket of {who} is not valid yet; compare the clocks."),
        34 => NoTicket("the server takes the ticket for a replay; compare the clocks."),
        37 => NoTicket("the clocks of this machine and of the other side are more than five minutes apart; set them."),
        31 or 41 => NoTicket($"the server cannot read the ticket for {target}: that name belongs to another account; set the service principal."),
        14 => NoTicket("there is no encryption type that both sides allow."),
        141 or 195 => NoTicket($"the ticket cache holds no ticket for {who}; get one (kinit), or give a user name and a password."),
        154 => NoTicket($"no KDC is known for the realm of {who}; name it in krb5.conf or DNS."),
        156 => NoTicket($"no KDC of the realm of {who} answers; check the network to it."),
        _ => OfStatus(status, hasPassword),
    };

    private TransportException OfStatus(NegotiateAuthenticationStatusCode status, bool hasPassword) => status switch
    {
        NegotiateAuthenticationStatusCode.UnknownCredentials or NegotiateAuthenticationStatusCode.InvalidCredentials when hasPassword =>
            Unauthorized($"{who} or the password is not accepted."),
        NegotiateAuthenticationStatusCode.UnknownCredentials or NegotiateAuthenticationStatusCode.InvalidCredentials =>
            NoTicket($"there is no usable ticket for {who}; get one (kinit), or give a user name and a password."),
        NegotiateAuthenticationStatusCode.CredentialsExpired or NegotiateAuthenticationStatusCode.ContextExpired =>
            NoTicket($"the ticket of {who} has expired; get a new one (kinit)."),
        NegotiateAuthenticationStatusCode.TargetUnknown =>
            NoTicket($"the realm knows no service {target}; use the server's full host name, or set the service principal."),
        NegotiateAuthenticationStatusCode.BadBinding => NoTicket("the channel binding does not match; something stands between that ends TLS."),
        NegotiateAuthenticationStatusCode.Unsupported =>
            new TransportException(TransportFault.NotConfigured, Delivery.NotSent, $"{where}: this machine does not support this kind of authentication."),
        NegotiateAuthenticationStatusCode.InvalidToken or NegotiateAuthenticationStatusCode.MessageAltered =>
            new TransportException(TransportFault.BadAnswer, Delivery.NotSent, $"{where} sent a token that cannot be read ({status})."),
        _ => NoTicket($"there is no ticket of {who} for {target} ({status}); check the ticket cache, the clocks and the name of the server."),
    };

    private TransportException Unauthorized(string reason) => new(TransportFault.Unauthorized, Delivery.NotSent, $"{where}: {reason}");

    private TransportException NoTicket(string reason) => new(TransportFault.NoTicket, Delivery.NotSent, $"{where}: {reason}");
}
