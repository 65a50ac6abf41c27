using System.Net.Sockets;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Smtp;

namespace MailFlowBot.Remote.Agent;

/// <summary>Where the SMTP doors of a server are: <c>Organization:SmtpProbe</c>, such as <c>{server}.contoso.com</c>.</summary>
public sealed class SmtpAddress
{
    private const string Placeholder = "{server}";

    private readonly string _template;
    private readonly Func<SmtpDoor, int> _port;

    /// <param name="template">A domain name with <c>{server}</c> for the server's short name.</param>
    /// <exception cref="FormatException">The template names no server, or does not become a domain name.</exception>
    public SmtpAddress(string template)
        : this(template, door => (int)door)
    {
    }

    /// <param name="port">The port of a door.</param>
    internal SmtpAddress(string template, Func<SmtpDoor, int> port)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (!template.Contains(Placeholder, StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"'{template}' has no {Placeholder} for the server's name, as in {Placeholder}.contoso.com.");
        (_template, _port) = (template, port);
        _ = HostOf(new ServerName("a"));
    }

    internal DomainName HostOf(ServerName server) => new(_template.Replace(Placeholder, server.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Knocks here, under the name of this machine, which is what the log of the door will show.</summary>
    internal SmtpProber Prober(IReadOnlyList<ServerName> servers, TimeProvider time) => new(servers, ConnectAsync, ThisMachine(), time, time);

    /// <summary>Connects. Null: the connection was refused, so nothing listens at that door.</summary>
    /// <exception cref="SocketException">The server could not be reached, which says nothing about the door.</exception>
    internal async Task<Stream?> ConnectAsync(ServerName server, SmtpDoor door, CancellationToken cancellationToken)
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

    private static DomainName ThisMachine()
    {
        try
        {
            return new DomainName(Environment.MachineName);
        }
        catch (FormatException)
        {
            // A machine may be called what no domain may, such as with an underscore; localhost is said then.
            return default;
        }
    }
}
