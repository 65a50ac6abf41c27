using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>Two values of the CLIXML world are the same: types, kinds of time, order, and where the references lead.</summary>
internal static class SameValue
{
    public static void Check(object? expected, object? actual) => Check(expected, actual, [], "$");

    private static void Check(object? expected, object? actual, Dictionary<PsObject, PsObject> met, string at)
    {
        Assert.True(expected?.GetType() == actual?.GetType(), $"{at}: {expected?.GetType()} became {actual?.GetType()}");
        switch (expected)
        {
            case PsObject complex:
                CheckObject(complex, (PsObject)actual!, met, at);
                break;
            case PsList list:
                CheckList(list, (PsList)actual!, met, at);
                break;
            case PsDictionary dictionary:
                CheckDictionary(dictionary, (PsDictionary)actual!, met, at);
                break;
            case byte[] bytes:
                Assert.True(bytes.AsSpan().SequenceEqual((byte[])actual!), $"{at}: bytes differ");
                break;
            case DateTime time:
                Assert.True(time == (DateTime)actual! && time.Kind == ((DateTime)actual).Kind, $"{at}: {time:O} became {actual:O}");
                break;
            case DateTimeOffset time:
                Assert.True(time.EqualsExact((DateTimeOffset)actual!), $"{at}: {time:O} became {actual:O}");
                break;
            case double number:
                Assert.True(
                    BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits((double)actual!)
                    || (double.IsNaN(number) && double.IsNaN((double)actual)),
                    $"{at}: {number} became {actual}");
                break;
            case decimal number:
                Assert.True(
                    decimal.GetBits(number).AsSpan().SequenceEqual(decimal.GetBits((decimal)actual!)),
                    $"{at}: {number} became {actual}");
                break;
            case Uri uri:
                Assert.True(uri.OriginalString == ((Uri)actual!).OriginalString, $"{at}: addresses differ");
                break;
            default:
                Assert.True(Equals(expected, actual), $"{at}: {expected} became {actual}");
                break;
        }
    }

    private static void CheckObject(PsObject expected, PsObject actual, Dictionary<PsObject, PsObject> met, string at)
    {
        if (met.TryGetValue(expected, out var counterpart))
        {
            Assert.True(ReferenceEquals(counterpart, actual), $"{at}: the reference leads elsewhere");
            return;
        }

        met.Add(expected, actual);
        Assert.True(expected.TypeNames.SequenceEqual(actual.TypeNames), $"{at}: type names differ");
        Assert.True(expected.Text == actual.Text, $"{at}: text '{expected.Text}' became '{actual.Text}'");
        Check(expected.BaseValue, actual.BaseValue, met, at + ".base");
        CheckProperties(expected.Adapted, actual.Adapted, met, at);
        CheckProperties(expected.Extended, actual.Extended, met, at);
    }

    private static void CheckProperties(PsProperties expected, PsProperties actual, Dictionary<PsObject, PsObject> met, string at)
    {
        Assert.True(expected.Select(p => p.Key).SequenceEqual(actual.Select(p => p.Key)), $"{at}: property names differ");
        foreach (var (before, after) in expected.Zip(actual))
            Check(before.Value, after.Value, met, $"{at}.{before.Key}");
    }

    private static void CheckList(PsList expected, PsList actual, Dictionary<PsObject, PsObject> met, string at)
    {
        Assert.True(expected.Kind == actual.Kind, $"{at}: {expected.Kind} became {actual.Kind}");
        Assert.True(expected.Count == actual.Count, $"{at}: {expected.Count} items became {actual.Count}");
        for (var index = 0; index < expected.Count; index++)
            Check(expected[index], actual[index], met, $"{at}[{index}]");
    }

    private static void CheckDictionary(PsDictionary expected, PsDictionary actual, Dictionary<PsObject, PsObject> met, string at)
    {
        Assert.True(expected.Count == actual.Count, $"{at}: {expected.Count} entries became {actual.Count}");
        foreach (var (before, after) in expected.Zip(actual))
        {
            Check(before.Key, after.Key, met, at + ".key");
            Check(before.Value, after.Value, met, $"{at}[{before.Key}]");
        }
    }
}
