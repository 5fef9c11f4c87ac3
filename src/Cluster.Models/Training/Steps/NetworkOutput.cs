using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Runs a network outside training.</summary>
internal static class NetworkOutput
{
    /// <summary>Runs the network once, or averages passes with dropout.</summary>
    /// <param name="module">The network in evaluation mode.</param>
    /// <param name="task">Averages outputs.</param>
    /// <param name="inputs">Prepared inputs.</param>
    /// <param name="noise">The network's own noise.</param>
    /// <param name="samples">Passes with dropout; 0 for one without.</param>
    public static Tensor Of(nn.Module<Tensor, Tensor> module, ITask task, Tensor inputs, NoiseSource noise, int samples)
    {
        if (samples == 0)
        {
            return module.forward(inputs);
        }

        using var sampling = noise.Sample();
        return task.Average([.. Enumerable.Range(0, samples).Select(_ => module.forward(inputs))]);
    }
}
