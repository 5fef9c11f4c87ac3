using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Linear;

/// <summary>One dense layer from the inputs to the classes.</summary>
internal sealed class LogisticRegressionWorkload() : NetworkWorkload<LinearOptions>(BuiltinWorkloads.LogisticRegression)
{
    protected override double CountParameters(LinearOptions options, DataShape shape) => (shape.InputSize + 1.0) * shape.Outputs;

    protected override nn.Module<Tensor, Tensor> Build(LinearOptions options, NetworkContext context) => new LinearNetwork(context);

    private sealed class LinearNetwork : nn.Module<Tensor, Tensor>
    {
        private readonly DenseLayer _linear;

        public LinearNetwork(NetworkContext context)
            : base(nameof(LinearNetwork))
        {
            context.RequireNumbers("logistic-regression");
            _linear = new(context.Shape.InputSize, context.Shape.Outputs, null, new InitialWeights(context));
            register_module("linear", _linear);
        }

        public override Tensor forward(Tensor input) => _linear.forward(input.flatten(1));
    }
}
