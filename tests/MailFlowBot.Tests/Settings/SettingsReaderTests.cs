using MailFlowBot.Channels;
using MailFlowBot.Settings;
using Microsoft.Extensions.Configuration;

namespace MailFlowBot.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Without_configuration_the_playground_has_its_cast()
    {
        var (settings, faults) = Read();
        Assert.Empty(faults);
        Assert.Equal(["alice", "bob", "carol"], settings!.Access.Readers.Select(person => person.Name));
        Assert.Equal(["bob", "carol"], settings.Access.Approvers.Select(person => person.Name));
        Assert.Equal((TimeSpan.FromMinutes(15), true), (settings.ApprovalExpiry, settings.Approvals.RequireReason));
        Assert.Equal(settings.Public, settings.Internal);
    }

    [Fact]
    public void Readers_and_approvers_come_from_the_configuration_as_object_ids_of_the_home_tenant()
    {
        var tenant = Guid.NewGuid();
        var reader = Guid.NewGuid();
        var (settings, _) = Read(
            ("Teams:TenantId", $"{tenant}"), ("Access:Readers:0", $"{reader}"), ("Approvals:Approvers:0", $"{Cast.Bob.ObjectId}"));
        Assert.Equal((reader, tenant), (settings!.Access.Readers[0].ObjectId, settings.Access.Readers[0].Tenant));
        Assert.Equal(("bob", tenant), (settings.Access.Approvers[0].Name, settings.Access.Approvers[0].Tenant));
        Assert.False(settings.Access.MayApprove(Cast.Bob));
        Assert.True(settings.Access.MayApprove(Cast.Bob with { Tenant = tenant }));
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_its_key_and_the_remedy()
    {
        var (settings, faults) = Read(
            ("Organization:Mode", "Exchange"), ("Storage:Provider", "Postgres"), ("Http:Public", "not an address"),
            ("Approvals:ExpiryMinutes", "0"), ("Approvals:RequireReason", "perhaps"), ("Access:Readers:0", "everyone"),
            ("Teams:TenantId", "contoso"), ("Teams:AppId", $"{Guid.NewGuid()}"));
        Assert.Null(settings);
        Assert.Equal(
            ["Access:Readers:0", "Approvals:ExpiryMinutes", "Approvals:RequireReason", "Http:Internal", "Http:Public", "Organization:Mode",
                "Storage:Provider", "Teams:TenantId"],
            faults.Select(fault => fault.Key).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.NotEmpty(fault.Remedy));
    }

    [Fact]
    public void An_organisation_id_never_leads_out_of_the_data_folder()
    {
        var (settings, _) = Read(("Organization:Id", "../../etc"));
        Assert.EndsWith("simulated-______etc", settings!.DataFolder, StringComparison.Ordinal);
    }

    private static (BotSettings? Settings, IReadOnlyList<SettingFault> Faults) Read(params (string Key, string Value)[] values) =>
        new SettingsReader(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build(),
            Cast.All,
            Cast.Tenant).Read();
}
