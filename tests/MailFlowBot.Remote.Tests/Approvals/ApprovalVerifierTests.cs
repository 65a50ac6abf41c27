using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Approvals;

public sealed class ApprovalVerifierTests : IDisposable
{
    private readonly ApprovalKey _key = ApprovalKey.Create();
    private readonly ApprovalKey _stranger = ApprovalKey.Create();
    private readonly Case _good;

    public ApprovalVerifierTests() => _good = Case.For(Plans.Reset, _key, SimulatedPolicy.Bob);

    public void Dispose()
    {
        _key.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public void Accepts_one_approval_for_class_A() =>
        Assert.Equal([SimulatedPolicy.Bob], Assert.IsType<GrantAccepted>(_good.Verify()).Approvers);

    [Fact]
    public void Accepts_two_different_approvals_for_class_B()
    {
        var both = Case.For(Plans.Reset with { Class = ChangeClass.B }, _key, SimulatedPolicy.Bob, SimulatedPolicy.Carol);
        Assert.IsType<GrantAccepted>(both.Verify());
    }

    public static TheoryData<GrantRefusal> Codes => [.. Enum.GetValues<GrantRefusal>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Refuses_with_the_code_that_names_the_fault(GrantRefusal code)
    {
        var denied = Assert.IsType<GrantDenied>(Broken(code).Verify());

        Assert.Equal(code, denied.Code);
        Assert.NotEmpty(denied.Detail);
    }

    [Fact]
    public void Refuses_a_decision_about_another_plan_under_a_grant_for_this_one()
    {
        var other = Plans.Reset with { Nonce = Nonce.New() };
        var grant = Plans.Grant(Plans.Reset, _key, [Plans.Approve(other, SimulatedPolicy.Bob, _key)]);
        Refuses(GrantRefusal.DigestMismatch, _good with { Grant = grant });
    }

    [Fact]
    public void Refuses_a_decision_that_only_the_grant_signer_vouches_for()
    {
        var forged = Plans.Approve(Plans.Reset, SimulatedPolicy.Bob, _stranger);
        Refuses(GrantRefusal.UnknownKey, _good with { Grant = Plans.Grant(Plans.Reset, _key, [forged]) });
        Refuses(GrantRefusal.BadSignature, _good with { Grant = Plans.Grant(Plans.Reset, _key, [forged with { Key = _key.Id }]) });
    }

    [Fact]
    public void Refuses_a_pinned_key_that_the_policy_does_not_list() =>
        Refuses(GrantRefusal.UnknownKey, _good with { Policy = _good.Policy with { TrustedKeys = [] } });

    [Fact]
    public void Refuses_a_grant_signature_used_as_a_decision_signature()
    {
        var decision = Plans.Decide(Plans.Reset, SimulatedPolicy.Bob);
        var swapped = new SignedDecision(decision, _key.Id, _key.Sign(SigningPurpose.Grant, decision.CanonicalBytes()));
        Refuses(GrantRefusal.BadSignature, _good with { Grant = Plans.Grant(Plans.Reset, _key, [swapped]) });
    }

    [Fact]
    public void Refuses_a_requester_who_comes_back_from_another_tenant()
    {
        var twin = SimulatedPolicy.Alice with { Tenant = Guid.NewGuid() };
        var policy = _good.Policy with { ApproversA = [twin] };
        Refuses(GrantRefusal.RequesterApproves, _good with { Policy = policy, Grant = Plans.Grant(Plans.Reset, _key, twin) });
    }

    [Fact]
    public void Refuses_one_approval_for_class_B() =>
        Refuses(GrantRefusal.QuorumMissing, Case.For(Plans.Reset with { Class = ChangeClass.B }, _key, SimulatedPolicy.Bob));

    [Fact]
    public void Each_class_has_approvers_of_its_own()
    {
        var policy = _good.Policy with { ApproversB = [SimulatedPolicy.Carol] };
        Assert.IsType<GrantAccepted>((_good with { Policy = policy }).Verify());
        var both = Case.For(Plans.Reset with { Class = ChangeClass.B }, _key, SimulatedPolicy.Carol, SimulatedPolicy.Bob);
        Refuses(GrantRefusal.NotAnApprover, both with { Policy = policy });
    }

    [Fact]
    public void Refuses_class_A_for_what_the_catalogue_ranks_B()
    {
        var inverse = Plans.Reset with
        {
            Kind = PlanKind.Inverse,
            Steps = [new SetComponentState(Plans.Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Inactive)],
        };
        Refuses(GrantRefusal.ClassNotApprovable, Case.For(inverse, _key, SimulatedPolicy.Bob));
        Refuses(GrantRefusal.OperationNotAllowed, Case.For(inverse with { Kind = PlanKind.Fix }, _key, SimulatedPolicy.Bob));
    }

    [Fact]
    public void A_freeze_can_be_lifted_by_two_while_frozen()
    {
        var lift = Plans.Reset with { Kind = PlanKind.Lift, Steps = [], Preconditions = [], Class = ChangeClass.B };
        var grant = Case.For(lift, _key, SimulatedPolicy.Bob, SimulatedPolicy.Carol);
        Assert.IsType<GrantAccepted>((grant with { Standing = grant.Standing with { Frozen = true } }).Verify());
        Refuses(GrantRefusal.QuorumMissing, Case.For(lift, _key, SimulatedPolicy.Bob));
    }

    [Fact]
    public void An_empty_policy_denies_everything()
    {
        var policy = new AgentPolicy { Organization = Plans.Organization };
        Assert.IsType<GrantDenied>((_good with { Policy = policy }).Verify());
    }

    [Fact]
    public void Any_changed_byte_of_a_grant_is_refused()
    {
        var bytes = CanonicalJson.Serialize(_good.Grant.ToJson());
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (at, value) =>
        {
            var changed = bytes.ToArray();
            var index = (int)((uint)at * 2654435761u % (uint)changed.Length);
            if (changed[index] == value)
                return true;
            changed[index] = value;
            try
            {
                return (_good with { Grant = ApprovalGrant.FromJson(changed) }).Verify() is GrantDenied;
            }
            catch (ApprovalFormatException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static void Refuses(GrantRefusal code, Case broken) => Assert.Equal(code, Assert.IsType<GrantDenied>(broken.Verify()).Code);

    private Case Broken(GrantRefusal code) => code switch
    {
        GrantRefusal.WrongOrganisation => For(Plans.Reset with { Organization = new OrganizationId("another") }),
        GrantRefusal.WrongAgent => For(Plans.Reset with { Agent = new AgentName("agent-2") }),
        GrantRefusal.WrongEpoch => _good with { Standing = _good.Standing with { Epoch = BootEpoch.New() } },
        GrantRefusal.DigestMismatch => _good with { Plan = Plans.Reset with { Steps = [Plans.Reset.Steps[0]] } },
        GrantRefusal.UnknownKey => _good with { Grant = Plans.Grant(Plans.Reset, _stranger, SimulatedPolicy.Bob) },
        GrantRefusal.BadSignature => _good with { Grant = _good.Grant with { IssuedAt = Plans.Now.AddSeconds(1) } },
        GrantRefusal.UnknownNonce => _good with { Standing = _good.Standing with { Registered = null } },
        GrantRefusal.NonceSpent => _good with { Standing = _good.Standing with { Spent = true } },
        GrantRefusal.Expired => _good with { Standing = _good.Standing with { Now = Plans.Reset.Expiry } },
        GrantRefusal.Frozen => _good with { Standing = _good.Standing with { Frozen = true } },
        GrantRefusal.ClassNotApprovable => For(Plans.Reset with { Class = ChangeClass.H }),
        GrantRefusal.StepsNotAllowed => For(Plans.Reset with
        {
            Steps = [.. Plans.Reset.Steps, new RestartService(new ServerName("EX01"), WindowsService.Transport)],
        }),
        GrantRefusal.OperationNotAllowed => With(_good.Policy with { Operations = ["start-service"] }),
        GrantRefusal.ServerNotAllowed => With(_good.Policy with { Servers = [new ServerName("EX01")] }),
        GrantRefusal.RequesterNotAllowed => With(_good.Policy with { Requesters = [Requester.Maintenance] }),
        GrantRefusal.ServiceNotAllowed => With(_good.Policy with { Services = [WindowsService.EdgeSync] }),
        GrantRefusal.OutsideHours => With(_good.Policy with { Hours = new ChangeHours(new TimeOnly(8, 0), new TimeOnly(18, 0)) }),
        GrantRefusal.WrongIncident => Decided(decision => decision with { Incident = new IncidentId("INC-8") }),
        GrantRefusal.RejectedDecision => Decided(decision => decision with { Verdict = DecisionVerdict.Reject }),
        GrantRefusal.ForeignTenant => _good with { Grant = Plans.Grant(Plans.Reset, _key, SimulatedPolicy.Dave) },
        GrantRefusal.NotAnApprover => For(Plans.Reset with { Requesters = [SimulatedPolicy.Bob] }, SimulatedPolicy.Alice),
        GrantRefusal.RequesterApproves => For(Plans.Reset with { Requesters = [SimulatedPolicy.Alice, SimulatedPolicy.Bob] }),
        GrantRefusal.SamePersonTwice => _good with
        {
            Grant = Two(SimulatedPolicy.Bob, "1", SimulatedPolicy.Bob, "2"),
        },
        GrantRefusal.SameActivityTwice => _good with
        {
            Grant = Two(SimulatedPolicy.Bob, "1", SimulatedPolicy.Carol, "1"),
        },
        GrantRefusal.QuorumMissing => _good with { Grant = Plans.Grant(Plans.Reset, _key, Array.Empty<SignedDecision>()) },
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A case for every code is needed."),
    };

    private Case For(ExecutionPlan plan, PersonId? approver = null) => Case.For(plan, _key, approver ?? SimulatedPolicy.Bob);

    private ApprovalGrant Two(PersonId first, string firstClick, PersonId second, string secondClick) => Plans.Grant(
        Plans.Reset,
        _key,
        [Plans.Approve(Plans.Reset, first, _key, firstClick), Plans.Approve(Plans.Reset, second, _key, secondClick)]);

    private Case With(AgentPolicy policy) => _good with { Policy = policy };

    private Case Decided(Func<Decision, Decision> change) => _good with
    {
        Grant = Plans.Grant(Plans.Reset, _key, [SignedDecision.Sign(change(Plans.Decide(Plans.Reset, SimulatedPolicy.Bob)), _key)]),
    };

    private sealed record Case(ApprovalGrant Grant, ExecutionPlan Plan, AgentPolicy Policy, TrustedKeys Keys, AgentStanding Standing)
    {
        public static Case For(ExecutionPlan plan, ApprovalKey key, params IEnumerable<PersonId> approvers) => new(
            Plans.Grant(plan, key, approvers),
            plan,
            SimulatedPolicy.For(Plans.Organization, [Plans.Ex03], key.Id),
            new TrustedKeys(key.Public),
            new AgentStanding(Plans.Reset.Agent, Plans.Reset.Epoch, plan.Digest, Spent: false, Frozen: false, Plans.Now));

        public GrantVerdict Verify() => ApprovalVerifier.Verify(Grant, Plan, Policy, Keys, Standing);
    }
}
