using SearchCluster.Contracts.Configuration;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Sanity;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Workloads;

/// <summary>A network that cannot be trained is told in a sentence; libtorch itself would end the process.</summary>
public sealed class TrainableTests
{
    [Theory]
    [InlineData("unregistered", "has no parameters, so there is nothing to train")]
    [InlineData("frozen", "has 2 parameters, but none of them may be trained")]
    [InlineData("detached", "does not depend on any of its parameters")]
    [InlineData("idle", "depends on none of its 2 registered parameters")]
    public void It_is_refused_in_a_trial_and_by_the_sanity_check(string fault, string expected)
    {
        var catalog = new WorkloadCatalog(new Untrainable(fault));

        var failure = Trials.Run(Trials.Assignment(ParameterValues.Empty, Plan()), executor: new WorkExecutor(workloads: catalog)).Failure;

        failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        failure.Message.ShouldContain(expected);
        Should.Throw<WorkloadConfigurationException>(() => SanityLadder.Run(
            catalog,
            Plan(),
            ParameterValues.Empty,
            "cpu",
            new WorkContext(new MemoryArtifactStore(), _ => { }, TimeProvider.System, CancellationToken.None),
            _ => { })).Message.ShouldContain(expected);
    }

    private static TrialPlan Plan() => Trials.Plan(workload: "untrainable") with
    {
        Data = Trials.Digits with { Limit = 200 },
        Workload = new WorkloadSpec("untrainable", Trials.Values(("epochs", ParameterValue.Integer(1)))),
    };

    private sealed record Options
    {
        [SearchRange(1, 2)]
        public int Size { get; init; } = 1;
    }

    private sealed class Untrainable(string fault)
        : NetworkWorkload<Options>("untrainable", "A workload under test.", TargetKind.Class)
    {
        protected override nn.Module<Tensor, Tensor> Build(Options options, NetworkContext context) => new Network(fault, context);
    }

    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        private readonly DenseLayer _layer;
        private readonly DenseLayer _other;
        private readonly string _fault;

        public Network(string fault, NetworkContext context)
            : base(nameof(Network))
        {
            _fault = fault;
            _layer = new(64, 10, null, new(context.Seed, context.Device));
            _other = new(64, 10, null, new(context.Seed, context.Device));
            if (fault is "frozen" or "detached")
            {
                register_module("layer", _layer);
            }
            else if (fault == "idle")
            {
                register_module("other", _other);
            }

            if (fault == "frozen")
            {
                _layer.parameters().ToList().ForEach(parameter => parameter.requires_grad = false);
            }
        }

        public override Tensor forward(Tensor input)
        {
            var answer = _layer.forward(input);
            return _fault == "detached" ? answer.detach() : answer;
        }
    }
}
