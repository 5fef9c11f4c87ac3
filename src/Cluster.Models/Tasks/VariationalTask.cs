using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tasks;

/// <summary>The answer should be the input, from a code near the standard normal: reconstruction loss plus β
/// times the divergence for each input number.</summary>
/// <remarks>
/// Divergence of N(μ, σ²) from N(0, 1): ½ Σ (μ² + σ² - 1 - ln σ²). Source: Kingma and Welling, ICLR 2014,
/// appendix B; β: Higgins et al., "beta-VAE", ICLR 2017. Divided by the input numbers, because the reconstruction loss is a mean over them.
/// </remarks>
internal sealed class VariationalTask : ITask
{
    private readonly ReconstructionTask _reconstruction;
    private readonly double _beta;
    private readonly long[] _input;
    private readonly long _inputs;

    /// <param name="hyperparameters">Reads <c>loss</c> and <c>huberDelta</c>.</param>
    /// <param name="beta">Weight of the divergence.</param>
    /// <param name="shape">Shape of an input.</param>
    public VariationalTask(Hyperparameters hyperparameters, double beta, DataShape shape) =>
        (_reconstruction, _beta, _input, _inputs) = (new(hyperparameters), beta, [.. shape.Input], shape.InputSize);

    /// <summary>The scores of every variational autoencoder.</summary>
    public static ValueArray<ScoreDefinition> Definitions { get; } = [.. ReconstructionTask.Definitions, ScoreDefinition.Of("divergence")];

    public ValueArray<ScoreDefinition> Scores => Definitions;

    public Tensor Loss(Tensor output, Batch batch) =>
        _reconstruction.Loss(Predict(output), batch).Plus(Divergence(output).mean().mul(Scalars.Of(_beta / _inputs)));

    public Tensor Statistics(Tensor output, Batch batch)
    {
        var divergence = Divergence(output).to(float64);
        return cat([
            _reconstruction.Statistics(Predict(output), batch),
            stack([divergence.sum(), tensor((double)output.size(0)).to(output.device)]),
        ]);
    }

    public double[] Summarise(ReadOnlySpan<double> statistics) =>
        [.. _reconstruction.Summarise(statistics[..2]), statistics[2] / statistics[3]];

    public Tensor Predict(Tensor output) => output.narrow(1, 0, _inputs).reshape([-1, .. _input]);

    public Tensor Average(IReadOnlyList<Tensor> outputs) => outputs.Count == 1 ? outputs[0] : stack([.. outputs]).mean([0]);

    // Of each row.
    private Tensor Divergence(Tensor output)
    {
        var latent = (output.size(1) - _inputs) / 2;
        var (mean, logVariance) = (output.narrow(1, _inputs, latent), output.narrow(1, _inputs + latent, latent));
        return mean.Squared().Plus(logVariance.exp()).sub(Scalars.Of(1.0)).sub(logVariance).sum([1]).mul(Scalars.Of(0.5));
    }
}
