using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>Variational autoencoders (<c>vae</c>); labels of the data are not read.</summary>
internal sealed class VariationalWorkload() : NetworkWorkload<VaeOptions>(BuiltinWorkloads.Vae)
{
    public override ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) =>
        new VariationalTask(hyperparameters, hyperparameters.Read<VaeOptions>().Beta, context.Shape);

    protected override nn.Module<Tensor, Tensor> Build(VaeOptions options, NetworkContext context) =>
        new VariationalNetwork(options.Encoder, context);
}
