using MailFlowBot.Testing.Kerberos;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>Tests that share this process's realm; they change its ticket cache, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class InRealm : ICollectionFixture<KerberosRealm>
{
    public const string Name = "Kerberos";
}
