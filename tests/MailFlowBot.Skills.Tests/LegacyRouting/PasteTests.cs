using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.LegacyRouting;
using MailFlowBot.Skills.MissingSmtpVerbs;
using MailFlowBot.Skills.PasteBack;

namespace MailFlowBot.Skills.Tests.LegacyRouting;

public class PasteTests
{
    private static readonly StoreRight Transport = StoreRights.OnServers.Single(right => right.Name == "Store Transport Access");

    [Fact]
    public void The_lists_hold_eleven_and_four_rights()
    {
        Assert.Equal(11, StoreRights.OnStores.Count);
        Assert.Equal(4, StoreRights.OnServers.Count);
        Assert.True(Transport.Is("ms-Exch-Store-Transport-Access") && Transport.Is("store transport access"));
    }

    [Theory]
    [InlineData(true, false, false, true, "Denied")]
    [InlineData(false, false, true, true, "Allowed")]
    [InlineData(true, true, false, true, "DeniedByInheritance")]
    [InlineData(false, true, false, true, "AllowedByInheritance")]
    public void What_is_set_on_the_object_comes_before_what_is_inherited(bool deny, bool inherited, bool otherDeny, bool otherInherited, string state)
    {
        var comparison = Compare(
            Pastes.Permission("OLD03", "ms-Exch-Store-Transport-Access", deny, inherited)
            + Pastes.Permission("OLD03", "ms-Exch-Store-Transport-Access", otherDeny, otherInherited));

        Assert.Equal(state, comparison.Rows.Single(row => row.Right == Transport).State.ToString());
    }

    [Fact]
    public void Entries_of_other_groups_are_not_those_of_exchange_servers() => Assert.Empty(PermissionPaste.Of(ConsoleText.Objects(
        Pastes.Permission("OLD03", "Send-As", deny: true, user: @"CORP\Domain Admins") + Pastes.Permission("OLD03", "Send-As", user: @"CORP\Exchange 2000 Servers"))));

    [Fact]
    public void Full_control_covers_every_right() => Assert.True(Compare(
        "Identity : OLD03\nUser : CORP\\Exchange Servers\nDeny : False\nIsInherited : False\nAccessRights : {GenericAll}\nExtendedRights :\n").AllAllowed);

    [Fact]
    public void A_list_that_was_cut_off_says_nothing_about_the_rest() =>
        Assert.Empty(Compare(Pastes.Permission("OLD03", "Send-As, ms-Exch-Store-Admin...")).NotListed);

    [Fact]
    public void Of_the_same_object_pasted_twice_the_later_counts()
    {
        var comparison = Compare(
            Pastes.Permission("OLD03", "ms-Exch-Store-Transport-Access", deny: true) + $"{ConsoleText.Boundary}\n" + Pastes.FourRights("OLD03"));

        Assert.True(comparison.AllAllowed);
    }

    [Theory]
    [InlineData(Pastes.Group2007, "First Routing Group", null, null, ConnectorDirections.FromExchange2007Only)]
    [InlineData("First Routing Group", Pastes.Group2007, null, null, ConnectorDirections.ToExchange2007Only)]
    [InlineData("First Routing Group", "Second Routing Group", null, null, ConnectorDirections.None)]
    [InlineData(Pastes.Group2007, "First Routing Group", "First Routing Group", Pastes.Group2007, ConnectorDirections.Both)]
    internal void Connectors_are_read_by_direction(string source, string target, string? nextSource, string? nextTarget, ConnectorDirections directions)
    {
        var text = Pastes.Connector(source, target) + (nextSource is null ? "" : Pastes.Connector(nextSource, nextTarget!));

        Assert.Equal(directions, ConnectorPaste.Of(text, ConsoleText.Objects(text)));
    }

    [Fact]
    public void No_output_means_no_connector_only_behind_the_command()
    {
        Assert.Equal(ConnectorDirections.None, ConnectorPaste.Of(Pastes.NoConnectors, []));
        Assert.Null(ConnectorPaste.Of("we have no routing group connector", []));
        var cut = Pastes.Connector("Exchange Routing Gr...", "First Routing Group");
        Assert.Null(ConnectorPaste.Of(cut, ConsoleText.Objects(cut)));
    }

    [Theory]
    [InlineData("<HomeMdbRouting><Mdb>CN=Store (OLD03)</Mdb></HomeMdbRouting>", true)]
    [InlineData("<HomeMdbRouting><Mdb>CN=Store (OLD031)</Mdb></HomeMdbRouting> OLD03", false)]
    [InlineData("<HomeMdbRouting/> OLD03", false)]
    [InlineData("<HomeMdbRouting><Mdb>CN=Store (OTHER)</Mdb>", null)]
    public void A_store_is_listed_only_inside_the_section_and_unlisted_only_in_a_whole_one(string text, bool? listed) =>
        Assert.Equal(listed, RoutingConfigPaste.Of(text)!.Lists(new ServerName("OLD03")));

    [Fact]
    public void The_mere_word_is_no_routing_configuration() => Assert.Null(RoutingConfigPaste.Of("I looked at HomeMdbRouting"));

    [Theory]
    [InlineData(Pastes.HierarchyMissing, false, null, null)]
    [InlineData(Pastes.HierarchyRight, true, true, 1)]
    [InlineData("msExchOwningPFTree: <Not Set>", null, false, null)]
    [InlineData("PublicFolderHierarchy : ", null, false, null)]
    [InlineData("msExchPFTreeType: 2", null, null, 2)]
    [InlineData(Pastes.HierarchyMissing + "\u001E\n" + Pastes.HierarchyRight, true, true, 1)]
    public void Public_folder_trees_are_read_from_ldifde_and_from_the_shell(string text, bool? container, bool? owning, int? type) =>
        Assert.Equal(new HierarchyPaste(container, owning, type), HierarchyPaste.Of(text));

    [Fact]
    public void Queues_are_counted_by_what_they_are()
    {
        var text = "Identity      : HUB07\\Unreachable\nDeliveryType  : Unreachable\nStatus        : Ready\nMessageCount  : 17\n\n"
            + "Identity      : HUB07\\12\nDeliveryType  : MapiDelivery\nStatus        : Ready\nMessageCount  : 40\n\n"
            + "Identity      : HUB07\\13\nDeliveryType  : MapiDelivery\nStatus        : Retry\nMessageCount  : 5\n";

        Assert.Equal(new QueuePaste(17, 40), QueuePaste.Of(ConsoleText.Objects(text)));
        Assert.Null(QueuePaste.Of(ConsoleText.Objects("Identity : x\nStatus : Ready\nMessageCount : many")));
    }

    [Fact]
    public void Any_text_is_read_by_every_parser_without_an_exception() => Prop.ForAll<string, string>((left, right) =>
    {
        var text = $"{left}\nIdentity : {right}\nUser : CORP\\Exchange Servers\nDeny : True\nRights : {left}\n<HomeMdbRouting{right}\n"
            + $"SourceRoutingGroup : {left}\nTargetRoutingGroup : {right}\nmsExchPFTreeType: {left}\n250-{right}\n220 {left}:\n{right}";
        var objects = ConsoleText.Objects(text);
        foreach (var paste in PermissionPaste.Of(objects))
            Assert.Equal(4, RightsComparison.Of(paste, StoreRights.OnServers).Table.Split('\n').Length);
        _ = ConnectorPaste.Of(text, objects);
        _ = RoutingConfigPaste.Of(text)?.Lists(new ServerName("OLD03"));
        _ = HierarchyPaste.Of(text);
        _ = QueuePaste.Of(objects);
        _ = EhloPaste.Of(text);
        _ = ImcKeyPaste.Of(text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static RightsComparison Compare(string text) =>
        RightsComparison.Of(Assert.Single(PermissionPaste.Of(ConsoleText.Objects(text))), StoreRights.OnServers);
}
