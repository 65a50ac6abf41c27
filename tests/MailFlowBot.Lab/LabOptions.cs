using MailFlowBot.Lab.Endpoints;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Lab;

/// <summary>What the lab is like. The defaults suit a test: free ports, Basic, nothing written to disk.</summary>
internal sealed record LabOptions
{
    /// <summary>Port for HTTP on 127.0.0.1; 0 takes a free one, null means no such listener.</summary>
    public int? HttpPort { get; init; } = 0;

    /// <summary>Port for HTTPS on 127.0.0.1; 0 takes a free one, null means no such listener.</summary>
    public int? HttpsPort { get; init; } = 0;

    /// <summary>The drill that the organisation starts in.</summary>
    public string Drill { get; init; } = "transport-inactive";

    /// <summary>What 401 offers and is taken.</summary>
    public IReadOnlyList<AuthenticationKind> Authentication { get; init; } = [AuthenticationKind.Basic];

    /// <summary>Over TLS, Kerberos, Negotiate and NTLM must be bound to the channel (Extended Protection: Required).</summary>
    public bool RequireChannelBinding { get; init; }

    /// <summary>Password of all accounts.</summary>
    public string Password { get; init; } = "Lab-Only-1";

    /// <summary>Wrong passwords after which an account is locked, as a domain's policy says.</summary>
    public int LockoutThreshold { get; init; } = 5;

    /// <summary>Every answer takes this much longer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Where the certificates are written for clients to trust; null writes none.</summary>
    public string? CertificateFolder { get; init; }

    /// <summary>The clock of the protocol's own waits and time-outs; the organisation has one of its own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public LabQuotas Quotas { get; init; } = new();

    public IReadOnlyList<FaultInjection> Faults { get; init; } = [];

    /// <summary>
    /// Two back ends behind one name, told apart by a cookie: who does not send it back lands on the other one, where nobody knows the
    /// shell (an Exchange load balancer without affinity).
    /// </summary>
    public bool Affinity { get; init; }
}
