using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>Autoencoders; labels of the data are not read.</summary>
internal sealed class AutoencoderWorkload() : NetworkWorkload<AutoencoderOptions>(BuiltinWorkloads.Autoencoder)
{
    public override ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => new ReconstructionTask(hyperparameters);

    protected override nn.Module<Tensor, Tensor> Build(AutoencoderOptions options, NetworkContext context) =>
        new AutoencoderNetwork(options.Encoder, context);
}
