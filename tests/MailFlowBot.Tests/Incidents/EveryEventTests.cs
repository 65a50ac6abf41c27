using System.Reflection;
using System.Text.Json.Serialization;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Incidents;

public sealed class EveryEventTests
{
    [Fact]
    public void The_sample_log_holds_every_kind_of_event()
    {
        var kinds = typeof(IncidentEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType);

        Assert.Empty(kinds.Except(EveryEvent.All.Select(happened => happened.GetType())));
    }
}
