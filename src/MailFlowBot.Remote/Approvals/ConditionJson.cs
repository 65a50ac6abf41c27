using System.Text.Json.Nodes;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Approvals;

/// <summary>Conditions as JSON and back: <c>{"operand","operator","path","read"}</c>.</summary>
public static class ConditionJson
{
    // Arbitrary: the entries of one component in both stores have some hundred characters.
    private const int MaxOperand = 4000;

    public static JsonObject Write(Condition condition) => new()
    {
        ["read"] = OperationJson.Write(condition.Read),
        ["path"] = condition.Path,
        ["operator"] = condition.Operator.ToString(),
        ["operand"] = condition.Operand,
    };

    internal static Condition Read(StrictObject json)
    {
        var condition = new Condition(
            OperationJson.ReadRead(json.Object("read")),
            json.Text("path"),
            json.Choice<ConditionOperator>("operator"),
            json.Text("operand", MaxOperand));
        json.End();
        return condition;
    }
}
