using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Endpoints;

namespace MailFlowBot.Remote.Tests.Endpoints;

public sealed class ReadCatalogueTests
{
    /// <summary>Every kind of operation there is, so that a new one cannot be forgotten.</summary>
    private static readonly Type[] Operations =
        [.. typeof(Operation).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(Operation)))];

    [Fact]
    public void Every_read_of_the_catalogue_can_be_typed_by_its_name()
    {
        // A probe asks no endpoint.
        foreach (var type in Operations.Where(type => type.IsAssignableTo(typeof(ReadOperation)) && type != typeof(ReadSmtpProbe)))
        {
            string[] parameters = type == typeof(ReadInventory) || type == typeof(ReadSendConnectors) ? [] : ["Server=EX03"];

            var read = Assert.IsType<ReadRequest.Understood>(ReadCatalogue.Parse(type.Name, parameters)).Read;

            Assert.Equal(type, read.GetType());
            Assert.Equal(read, Assert.IsType<ReadRequest.Understood>(ReadCatalogue.Parse(read.Id, parameters)).Read);
            Assert.Contains(ReadCatalogue.Usage, usage => usage.StartsWith(type.Name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_change_can_be_typed_and_it_is_called_one()
    {
        foreach (var type in Operations.Where(type => type.IsAssignableTo(typeof(ChangeOperation))))
            Assert.IsType<ReadRequest.IsChange>(ReadCatalogue.Parse(type.Name, ["Server=EX03"]));
        Assert.IsType<ReadRequest.IsChange>(ReadCatalogue.Parse("restart-service", []));
    }

    [Theory]
    [InlineData("Get-ServerComponentState")]
    [InlineData("Invoke-Expression")]
    [InlineData("")]
    public void What_is_no_operation_is_unknown_whatever_it_is(string typed) =>
        Assert.IsType<ReadRequest.Unknown>(ReadCatalogue.Parse(typed, ["Server=EX03"]));

    [Theory]
    [InlineData("ReadQueues")]
    [InlineData("ReadQueues", "EX03")]
    [InlineData("ReadQueues", "Server=")]
    [InlineData("ReadQueues", "Server=EX03; Stop-Computer")]
    [InlineData("ReadQueues", "Server=EX03", "Server=EX02")]
    [InlineData("ReadQueues", "Server=EX03", "Filter=x")]
    [InlineData("ReadInventory", "Server=EX03")]
    public void A_parameter_that_is_wrong_missing_or_too_much_is_named(string operation, params string[] parameters) =>
        Assert.NotEmpty(Assert.IsType<ReadRequest.WrongParameter>(ReadCatalogue.Parse(operation, parameters)).Problem);
}
