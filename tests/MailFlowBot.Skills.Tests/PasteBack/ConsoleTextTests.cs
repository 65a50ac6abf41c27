using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Skills.PasteBack;

namespace MailFlowBot.Skills.Tests.PasteBack;

public class ConsoleTextTests
{
    [Fact]
    public void A_list_is_read_with_values_that_go_on_in_the_next_line()
    {
        var objects = ConsoleText.Objects("Name   : one\nRights : {a,\n         b}\n\nName   : two\nRights :\n");

        Assert.Equal(["one", "two"], objects.Select(found => found["name"]));
        Assert.Equal(["a", "b"], objects[0].Members("Rights"));
        Assert.Empty(objects[1].Members("Rights"));
    }

    [Fact]
    public void A_name_that_comes_again_begins_the_next_object() =>
        Assert.Equal(["x", "y"], ConsoleText.Objects("Name : x\nDeny : True\nName : y\nDeny : False").Select(found => found["Name"]));

    [Fact]
    public void Full_width_colons_and_no_break_spaces_are_read() =>
        Assert.True(ConsoleText.Objects("Deny\u00A0： True\nName ： x")[0].Flag("Deny"));

    [Fact]
    public void A_table_is_cut_where_the_dashes_stand()
    {
        var row = Assert.Single(ConsoleText.Objects(
            "Identity      User                  Deny  Inherited Rights\n"
            + "--------      ----                  ----  --------- ------\n"
            + "OLD03         CORP\\Exchange Servers False True      Send-As\n"));

        Assert.Equal(@"CORP\Exchange Servers", row["User"]);
        Assert.Equal("Send-As", row["Rights"]);
        Assert.False(row.Flag("Deny"));
    }

    [Fact]
    public void A_table_that_lost_its_blanks_gives_only_rows_that_are_certain()
    {
        var rows = ConsoleText.Objects("Identity Status Count\n-------- ------ -----\nHUB07\\1  Ready  3\nHUB07\\two words Ready 4\n".Replace("  ", " ", StringComparison.Ordinal));

        Assert.Equal("3", Assert.Single(rows)["Count"]);
    }

    [Fact]
    public void Later_pastes_are_told_from_earlier_ones_by_prompts_and_boundaries()
    {
        var objects = ConsoleText.Objects($"A : 1\nB : 2\n[PS] C:\\>Get-More\nA : 3\nB : 4\n{ConsoleText.Boundary}\nA : 5\nB : 6");

        Assert.Equal(["1", "3", "5"], objects.Select(found => found["A"]));
        Assert.Equal(objects.Select(found => found.Paste).Order().Distinct(), objects.Select(found => found.Paste));
    }

    [Fact]
    public void A_command_counts_as_run_only_behind_a_prompt()
    {
        Assert.True(ConsoleText.Ran("[PS] C:\\>get-routinggroupconnector | fl", "Get-RoutingGroupConnector"));
        Assert.False(ConsoleText.Ran("please run Get-RoutingGroupConnector", "Get-RoutingGroupConnector"));
    }

    [Fact]
    public void The_number_of_objects_and_properties_is_capped()
    {
        Assert.Equal(2000, ConsoleText.Objects(string.Concat(Enumerable.Repeat("A : 1\nB : 2\n", 3000))).Count);
        Assert.Equal(80, ConsoleText.Objects(string.Concat(Enumerable.Range(0, 500).Select(n => $"P{n} : 1\n")))[0].Count);
    }

    [Fact]
    public void Any_text_is_read_without_an_exception() => Prop.ForAll<string, string>((left, right) =>
    {
        var text = $"{left}\n-- --\n{right}\nA : {left}\nB : {right}\n----\n{left}";
        Assert.InRange(ConsoleText.Objects(text).Count, 0, 2000);
        Assert.Equal(text.Length, ConsoleText.Plain(text).Length);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
