using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

public sealed class PsObjectTests
{
    [Fact]
    public void Properties_are_found_whatever_their_case_extended_first()
    {
        var complex = new PsObject
        {
            Adapted = { ["State"] = "adapted", ["Only"] = 1 },
            Extended = { ["STATE"] = "extended", ["Nothing"] = null },
        };

        Assert.Equal("extended", complex["state"]);
        Assert.Equal(1, complex["ONLY"]);
        Assert.True(complex.TryGet("nothing", out var nothing));
        Assert.Null(nothing);
        Assert.False(complex.TryGet("absent", out _));
        Assert.Null(complex["absent"]);
        Assert.Null(new PsObject()["absent"]);
    }

    [Fact]
    public void Of_equal_names_and_keys_the_later_is_found_and_both_are_kept()
    {
        var properties = new PsProperties { { "a", 1 }, { "A", 2 } };
        var dictionary = new PsDictionary { { "a", 1 }, { 5, 0 }, { "A", 2 } };

        Assert.Equal(2, properties["a"]);
        Assert.Equal(2, properties.Count);
        Assert.Equal(2, dictionary["a"]);
        Assert.Equal(3, dictionary.Count);
        Assert.False(dictionary.TryGet("5", out _));
    }

    [Fact]
    public void Setting_replaces_in_place()
    {
        var properties = new PsProperties { ["a"] = 1, ["b"] = 2, ["A"] = 3 };
        var dictionary = new PsDictionary { ["a"] = 1, ["b"] = 2, ["A"] = 3 };

        Assert.Equal([new("a", 3), new("b", 2)], properties);
        Assert.Equal([new("A", 3), new("b", 2)], dictionary.Entries);
    }

    [Theory]
    [InlineData("Microsoft.Exchange.Data.ServiceState", true)]
    [InlineData("Microsoft.Exchange.Data.", true)]
    [InlineData("microsoft.exchange.data.servicestate", true)]
    [InlineData("Deserialized.Microsoft.Exchange", true)]
    [InlineData("System.Enum", true)]
    [InlineData("Exchange", false)]
    [InlineData("System.Enumerable", false)]
    public void Is_compares_the_starts_of_type_names(string prefix, bool expected)
    {
        var complex = new PsObject { TypeNames = ["Deserialized.Microsoft.Exchange.Data.ServiceState", "System.Enum"] };

        Assert.Equal(expected, complex.Is(prefix));
    }

    [Fact]
    public void A_secure_string_does_not_print_its_text() =>
        Assert.DoesNotContain("c2VjcmV0", new PsSecureString("c2VjcmV0").ToString(), StringComparison.Ordinal);
}
