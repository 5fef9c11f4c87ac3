using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Tasks;

/// <summary>The network's answer should be its own input (autoencoder): squared, absolute or Huber loss, and
/// the mean squared error.</summary>
internal sealed class ReconstructionTask : ITask
{
    private readonly RegressionLoss _loss;
    private readonly double _delta;

    /// <param name="hyperparameters">Reads <c>loss</c> and <c>huberDelta</c>.</param>
    public ReconstructionTask(Hyperparameters hyperparameters)
    {
        var options = hyperparameters.Read<RegressionOptions>();
        (_loss, _delta) = (options.Loss, options.HuberDelta);
    }

    /// <summary>The scores of every autoencoder.</summary>
    public static ValueArray<ScoreDefinition> Definitions { get; } = [ScoreDefinition.Of("mse")];

    public ValueArray<ScoreDefinition> Scores => Definitions;

    public Tensor Loss(Tensor output, Batch batch) => _loss switch
    {
        RegressionLoss.L1 => l1_loss(output, batch.Inputs),
        RegressionLoss.Huber => huber_loss(output, batch.Inputs, _delta),
        _ => mse_loss(output, batch.Inputs),
    };

    public Tensor Statistics(Tensor output, Batch batch)
    {
        var error = output.sub(batch.Inputs).Squared();
        return stack([error.to(float64).sum(), tensor((double)error.numel()).to(error.device)]);
    }

    public double[] Summarise(ReadOnlySpan<double> statistics) => [statistics[0] / statistics[1]];

    public Tensor Predict(Tensor output) => output;

    public Tensor Average(IReadOnlyList<Tensor> outputs) => outputs.Count == 1 ? outputs[0] : stack([.. outputs]).mean([0]);
}
