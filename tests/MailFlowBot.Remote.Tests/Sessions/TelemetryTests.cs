using System.Diagnostics;
using System.Diagnostics.Metrics;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Sessions;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Opens_calls_retries_and_breaks_are_counted_by_endpoint_and_tell_no_values()
    {
        // Other tests run at the same time; this one looks at its own endpoint.
        var name = new EndpointName("EX-" + Guid.NewGuid());
        var seen = new List<string>();
        var spans = new List<string>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RemoteTelemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument.Name, 0, tags));
        meters.Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RemoteTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (spans)
                {
                    if (activity.GetTagItem("endpoint") as string == name.Value)
                        spans.Add($"{activity.OperationName} {activity.GetTagItem("outcome")} {activity.Status}");
                }
            },
        };
        ActivitySource.AddActivityListener(activities);
        await using var endpoint = new Endpoint();
        var failures = 0;
        await using (var pool = new SessionPool(
            (_, cancellation) => failures++ == 0 ? throw new ConnectionLost(Delivery.NotSent, "down") : endpoint.OpenAsync(cancellation),
            new SessionPoolOptions { Resilience = new ResilienceOptions { FirstPause = TimeSpan.FromMilliseconds(1) } }))
        {
            await pool.InvokeReadAsync(name, new PsCommand("Get-X", new PsParameter("Identity", "hunter2")), default);
        }

        lock (seen)
        {
            Assert.Contains("mailflowbot.remote.opens 1 outcome=Opened", seen);
            Assert.Contains("mailflowbot.remote.retries 1 what=open", seen);
            Assert.Contains("mailflowbot.remote.calls 1 command=Get-X outcome=Completed", seen);
            Assert.Contains("mailflowbot.remote.shells 1 ", seen);
            Assert.Contains("mailflowbot.remote.shells -1 ", seen);
            Assert.DoesNotContain(seen, line => line.Contains("hunter2", StringComparison.Ordinal));
        }

        lock (spans)
            Assert.Equal(["open Opened Ok", "invoke Completed Ok"], spans);

        void Note(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var others = new List<string>();
            var isOurs = false;
            foreach (var (key, tag) in tags)
            {
                isOurs |= key == "endpoint" && tag as string == name.Value;
                if (key != "endpoint")
                    others.Add($"{key}={tag}");
            }

            lock (seen)
            {
                if (isOurs)
                    seen.Add($"{instrument} {value} {string.Join(' ', others)}");
            }
        }
    }
}
