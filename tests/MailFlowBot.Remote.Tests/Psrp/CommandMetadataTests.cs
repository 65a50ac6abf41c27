using System.Text;
using System.Text.Json;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>A command is checked against what the endpoint says it offers, before it is sent.</summary>
public sealed class CommandMetadataTests
{
    private static readonly CommandMetadata Restart = new("Restart-Service",
    [
        new ParameterMetadata("Name", "System.String[]") { Aliases = ["ServiceName"], ValidValues = ["MSExchangeTransport", "MSExchangeFrontEndTransport"] },
        new ParameterMetadata("Force", "System.Management.Automation.SwitchParameter", IsSwitch: true),
    ]);

    private static readonly IReadOnlyList<CommandMetadata> Offered = [new("Get-Queue", ["Server", "ResultSize"]), Restart];

    [Fact]
    public void A_command_that_is_offered_with_its_parameters_is_allowed()
    {
        PsCommand[] commands =
        [
            new("get-queue", new PsParameter("SERVER", "EX01"), new PsParameter(null, "positional")),
            new("Restart-Service", new PsParameter("servicename", "msexchangetransport"), new PsParameter("Force", true)),
            new("Restart-Service", new PsParameter("Name", new PsList(["MSExchangeTransport", "MSExchangeFrontEndTransport"]))),
            new("Restart-Service", new PsParameter("Name", 5)),
        ];

        Assert.All(commands, command => Assert.IsType<CommandVerdict.Allowed>(CommandMetadata.Judge(Offered, command)));
    }

    [Fact]
    public void A_missing_command_and_a_missing_parameter_are_told_apart()
    {
        Assert.Equal(new CommandVerdict.CommandMissing("Set-Mailbox"), CommandMetadata.Judge(Offered, new PsCommand("Set-Mailbox")));
        Assert.Equal(
            new CommandVerdict.ParameterMissing("Get-Queue", "Filter"),
            CommandMetadata.Judge(Offered, new PsCommand("Get-Queue", new PsParameter("Server", "EX01"), new PsParameter("Filter", "x"))));
        Assert.Equal(new CommandVerdict.CommandMissing("Get-Queue"), Restart.Allows(new PsCommand("Get-Queue")));
    }

    [Fact]
    public void A_value_outside_the_set_is_refused_alone_and_in_a_list()
    {
        foreach (var value in (object[])["spooler", new PsList(["MSExchangeTransport", "spooler"])])
        {
            var verdict = Assert.IsType<CommandVerdict.ValueNotInSet>(Restart.Allows(new PsCommand("Restart-Service", new PsParameter("ServiceName", value))));

            Assert.Equal(("Restart-Service", "Name", "spooler"), (verdict.Command, verdict.Parameter, verdict.Value));
            Assert.Equal(["MSExchangeTransport", "MSExchangeFrontEndTransport"], verdict.ValidValues);
        }
    }

    [Fact]
    public void A_command_without_any_parameters_told_is_not_held_against_them() =>
        Assert.IsType<CommandVerdict.Allowed>(new CommandMetadata("Get-Queue", Array.Empty<string>()).Allows(new PsCommand("Get-Queue", new PsParameter("Server", "EX01"))));

    [Fact]
    public void A_description_survives_the_wire()
    {
        var read = CommandMetadata.Read(ClixmlReader.Read(ClixmlWriter.Write(Restart.ToObject())));

        Assert.Equal("Restart-Service", read?.Name);
        Assert.Equal(["Name", "Force"], read!.Parameters);
        Assert.Equal(("System.String[]", false), (read.Described[0].Type, read.Described[0].IsSwitch));
        Assert.True(read.Described[1].IsSwitch);
        Assert.Equal(["ServiceName"], read.Described[0].Aliases);
        Assert.Equal(["MSExchangeTransport", "MSExchangeFrontEndTransport"], read.Described[0].ValidValues);
        Assert.Null(read.Described[1].ValidValues);
    }

    [Fact]
    public void A_set_of_values_is_found_among_the_attributes_too()
    {
        var attribute = new PsObject { Extended = { ["ValidValues"] = new PsList(["a", "b"]) } };
        var description = new PsObject { Extended = { ["Attributes"] = new PsList(["System.Management.Automation.AliasAttribute", attribute]) } };

        Assert.Equal(["a", "b"], ParameterMetadata.Read("P", description).ValidValues);
        Assert.Equal(new ParameterMetadata("P"), ParameterMetadata.Read("P", "text") with { Aliases = new ParameterMetadata("P").Aliases });
    }

    [SkippableFact]
    public void Recorded_Windows_metadata_are_read_with_types_and_aliases()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(References.Path("data/psrp/captures/wsman/test_psrp_get_command_metadata.json")));
        var commands = json.RootElement.GetProperty("psrp_messages").EnumerateArray()
            .Where(message => message.GetProperty("type").GetString() == "PIPELINE_OUTPUT")
            .Select(message => CommandMetadata.Read(ClixmlReader.Read(Encoding.UTF8.GetBytes(message.GetProperty("clixml").GetString()!))))
            .OfType<CommandMetadata>().ToList();

        var open = commands.Single(command => command.Name == "New-PSSession");
        var computer = open.Described.Single(parameter => parameter.Name == "ComputerName");
        Assert.Equal(("System.String[]", false), (computer.Type, computer.IsSwitch));
        Assert.Equal(["Cn"], computer.Aliases);
        Assert.IsType<CommandVerdict.Allowed>(CommandMetadata.Judge(commands, new PsCommand("new-pssession", new PsParameter("cn", "x"), new PsParameter("ErrorAction", "Stop"))));
        Assert.IsType<CommandVerdict.ParameterMissing>(open.Allows(new PsCommand("New-PSSession", new PsParameter("Confirm", false))));
    }
}
