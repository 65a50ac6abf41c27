using System.Text;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>Objects of real Exchange servers, exported to files (reference folder).</summary>
public sealed class ExchangeCaptureTests
{
    [SkippableFact]
    public void Every_exported_file_means_what_its_XML_tree_says_and_survives_writing()
    {
        var files = Directory.GetFiles(References.Path("data/psrp/captures/clixml-exchange"), "*.xml")
            .Concat(Directory.GetFiles(References.Path("data/exchange/clixml"), "*.xml"))
            .ToList();
        var items = 0;
        var values = 0;
        foreach (var file in files)
        {
            var read = ClixmlReader.ReadFile(File.ReadAllBytes(file));
            var expected = XmlOracle.Parse(File.ReadAllText(file)).Elements().ToList();
            var oracle = new XmlOracle();
            Assert.Equal(expected.Count, read.Count);
            foreach (var (element, item) in expected.Zip(read))
            {
                oracle.Check(element, item.Value);
                SameValue.Check(item.Value, ClixmlReader.Read(ClixmlWriter.Write(item.Value)));
            }

            items += read.Count;
            values += oracle.Compared;
        }

        Assert.Equal(42, files.Count);
        Assert.True(items > 500, $"{items} items");
        Assert.True(values > 40_000, $"{values} values");
    }

    [SkippableFact]
    public void A_component_state_tells_its_state_and_who_asked_for_it()
    {
        var states = Components("data/exchange/clixml/e19-Get-ServerComponentState.xml");

        Assert.Equal(34, states.Count);
        var hub = states["HubTransport"];
        Assert.True(hub.Is("Microsoft.Exchange.Data.Directory.Management.ServerComponentState"));
        Assert.Equal("Solo-E19A.Solo.com", hub["ServerFqdn"]);
        var state = Assert.IsType<PsObject>(hub["State"]);
        Assert.Equal("Active", state.Text);
        Assert.Equal(1, state.BaseValue);
        Assert.True(state.Is("Microsoft.Exchange.Data.ServiceState"));
        Assert.Empty(Items(hub["LocalStates"]));

        var requester = Assert.IsType<PsObject>(Assert.Single(Items(states["ServerWideOffline"]["LocalStates"])));
        Assert.Equal("Requestor:Functional; State:Active; Timestamp:9/28/2021 5:32:01 PM", requester.Text);
        Assert.Equal("Functional", requester["Requester"]);
        Assert.Equal("Active", requester["State"]);
        Assert.Equal(new DateTime(2021, 9, 28, 17, 32, 1, DateTimeKind.Utc).AddTicks(9271948), requester["Timestamp"]);
        Assert.Equal(["ForwardSyncDaemon", "ProvisioningRps"], states
            .Where(component => Assert.IsType<PsObject>(component.Value["State"]).Text == "Inactive")
            .Select(component => component.Key)
            .Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void The_raw_export_reads_as_the_cleaned_one_because_SerializationData_is_dropped()
    {
        const string Raw = "data/exchange/clixml/e19-Get-ServerComponentState.raw.xml";
        Assert.Contains("SerializationData", File.ReadAllText(References.Path(Raw)), StringComparison.Ordinal);

        var clean = Components("data/exchange/clixml/e19-Get-ServerComponentState.xml");
        foreach (var (component, state) in Components(Raw))
            SameValue.Check(clean[component], state);
    }

    [SkippableFact]
    public void A_service_keeps_its_enums_and_its_dependents()
    {
        var services = ClixmlReader.ReadFile(File.ReadAllBytes(References.Path("data/psrp/captures/clixml-exchange/E16_OS_GetService.xml")))
            .Select(item => Assert.IsType<PsObject>(item.Value))
            .ToList();

        Assert.Equal(245, services.Count);
        var transport = services.Single(service => "MSExchangeTransport".Equals(service["Name"]));
        Assert.True(transport.Is("System.ServiceProcess.ServiceController"));
        Assert.Equal("Running", Assert.IsType<PsObject>(transport["Status"]).Text);
    }

    [SkippableFact]
    public void A_configuration_file_is_refused_as_no_export()
    {
        var refusal = Assert.Throws<ClixmlException>(
            () => ClixmlReader.ReadFile(File.ReadAllBytes(References.Path("data/exchange/clixml/e19-EdgeTransport.exe.config"))));

        Assert.Equal(ClixmlFault.UnexpectedElement, refusal.Reason);
    }

    [SkippableFact]
    public void A_real_export_cut_short_is_always_refused()
    {
        var whole = File.ReadAllBytes(References.Path("data/exchange/clixml/e19-Test-ServiceHealth.xml"));
        var text = Encoding.UTF8.GetString(whole);
        var lastTag = text.LastIndexOf('>') + 1;

        for (var length = 0; length < Encoding.UTF8.GetByteCount(text[..lastTag]); length++)
            Assert.IsType<ClixmlException>(Record.Exception(() => ClixmlReader.ReadFile(whole.AsMemory(0, length))));
    }

    private static Dictionary<string, PsObject> Components(string file) =>
        ClixmlReader.ReadFile(File.ReadAllBytes(References.Path(file)))
            .Select(item => Assert.IsType<PsObject>(item.Value))
            .ToDictionary(state => Assert.IsType<string>(state["Component"]));

    private static IReadOnlyList<object?> Items(object? value) => Assert.IsType<PsList>(PsObject.Unwrap(value)).Items;
}
