using System.Net.Sockets;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Smtp;

namespace MailFlowBot.Remote.Agent;

/// <summary>Where the SMTP doors of a server are: <c>Organization:SmtpProbe</c>, such as <c>{server}.contoso.com</c>.</summary>
internal sealed class SmtpAddress
{
    private const string Placeholder = "{server}";

    private readonly string _template;
    private readonly Func<SmtpDoor, int> _port;

    /// <param name="template">A domain name with <c>{server}</c> for the server's short name.</param>
    /// <param name="port">The port of a door; its own when left out.</param>
    /// <exception cref="FormatException">The template names no server, or does not become a domain name.</exception>
    public SmtpAddress(string template = Placeholder, Func<SmtpDoor, int>? port = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (!template.Contains(Placeholder, StringComparison.Ordinal))
            throw new FormatException($"Organization:SmtpProbe must contain {Placeholder}, as in {Placeholder}.contoso.com.");
        _ = new DomainName(template.Replace(Placeholder, "a", StringComparison.Ordinal));
        (_template, _port) = (template, port ?? (door => (int)door));
    }

    public DomainName HostOf(ServerName server) => new(_template.Replace(Placeholder, server.Value, StringComparison.Ordinal));

    /// <summary>Connects. Null: the connection was refused, so nothing listens at that door.</summary>
    /// <exception cref="SocketException">The server could not be reached, which says nothing about the door.</exception>
    public async Task<Stream?> ConnectAsync(ServerName server, SmtpDoor door, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(HostOf(server).Name, _port(door), cancellationToken).ConfigureAwait(false);
            // The stream owns the connection from here on.
            return client.GetStream();
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            client.Dispose();
            return null;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
