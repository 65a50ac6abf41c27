using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>
/// A value serialised two levels deep and the same value from a connection, which serialises one: where the deep one has an
/// object, the shallow one may have its text.
/// </summary>
internal static class DepthAgreement
{
    public static void Check(object? deep, object? shallow) => Check(deep, shallow, [], "$");

    private static void Check(object? deep, object? shallow, HashSet<PsObject> met, string at)
    {
        switch (deep)
        {
            case PsObject expected when met.Contains(expected):
                break;
            case PsObject expected when shallow is PsObject actual:
                met.Add(expected);
                Assert.True(expected.TypeNames.SequenceEqual(actual.TypeNames), $"{at}: type names differ");
                Assert.True(expected.Text == actual.Text, $"{at}: '{expected.Text}' and '{actual.Text}'");
                Check(expected.BaseValue, actual.BaseValue, met, at);
                Check(expected.Adapted, actual.Adapted, met, at);
                Check(expected.Extended, actual.Extended, met, at);
                break;
            case PsObject expected:
                var text = Assert.IsType<string>(shallow);
                Assert.True(expected.Text is null || expected.Text == text, $"{at}: '{expected.Text}' and '{text}'");
                break;
            case PsList expected:
                var items = Assert.IsType<PsList>(shallow);
                Assert.Equal(expected.Kind, items.Kind);
                Assert.Equal(expected.Count, items.Count);
                for (var index = 0; index < items.Count; index++)
                    Check(expected[index], items[index], met, $"{at}[{index}]");
                break;
            case PsDictionary expected:
                var entries = Assert.IsType<PsDictionary>(shallow);
                Assert.Equal(expected.Count, entries.Count);
                foreach (var (key, value) in expected)
                    Check(value, entries[Assert.IsType<string>(key)], met, $"{at}[{key}]");
                break;
            case DateTime or DateTimeOffset:
                // The two recordings were made seconds apart.
                Assert.Equal(deep.GetType(), shallow?.GetType());
                break;
            default:
                SameValue.Check(deep, shallow);
                break;
        }
    }

    private static void Check(PsProperties deep, PsProperties shallow, HashSet<PsObject> met, string at)
    {
        Assert.True(deep.Select(p => p.Key).SequenceEqual(shallow.Select(p => p.Key)), $"{at}: property names differ");
        foreach (var (name, value) in deep)
            Check(value, shallow[name], met, $"{at}.{name}");
    }
}
