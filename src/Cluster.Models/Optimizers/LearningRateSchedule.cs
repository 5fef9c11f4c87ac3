using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Models.Optimizers;

/// <summary>The step size of each epoch: a pure function of the epoch and of the measurements before it, so a
/// checkpoint need not hold it.</summary>
/// <param name="Kind">Its law.</param>
/// <param name="Initial">Step size after the warm-up, above 0.</param>
/// <param name="Decay">Factor per epoch or per step, or rate of decay; see <see cref="ScheduleKind"/>.</param>
/// <param name="Step">Epochs between two steps, or epochs without improvement; at least 1.</param>
/// <param name="Warmup">Epochs at the start in which the step size grows evenly to <paramref name="Initial"/>; 0 for none.</param>
/// <param name="Epochs">Epochs of a whole trial.</param>
public sealed record LearningRateSchedule(
    ScheduleKind Kind, double Initial, double Decay = 1, int Step = 10, int Warmup = 0, int Epochs = 1)
{
    private static readonly Dictionary<string, ScheduleKind> Names = new(StringComparer.Ordinal)
    {
        ["exponential"] = ScheduleKind.Exponential,
        ["step"] = ScheduleKind.Step,
        ["inverse"] = ScheduleKind.Inverse,
        ["inverse-sqrt"] = ScheduleKind.InverseSquareRoot,
        ["cosine"] = ScheduleKind.Cosine,
        ["plateau"] = ScheduleKind.Plateau,
    };

    /// <summary>Computes the step size of an epoch.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="losses">Validation losses of the epochs before it; read by <see cref="ScheduleKind.Plateau"/> only.</param>
    /// <returns>The step size.</returns>
    public double At(int epoch, IReadOnlyList<double> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        if (epoch <= Warmup)
        {
            return Initial * epoch / Warmup;
        }

        // Epochs since the warm-up, from 0.
        var t = epoch - Warmup - 1;
        return Initial * Kind switch
        {
            ScheduleKind.Step => Math.Pow(Decay, t / Step),
            ScheduleKind.Inverse => 1 / (1 + (Decay * t)),
            ScheduleKind.InverseSquareRoot => 1 / Math.Sqrt(t + 1),
            ScheduleKind.Cosine => 0.5 * (1 + Math.Cos(Math.PI * t / Math.Max(1, Epochs - Warmup))),
            ScheduleKind.Plateau => Math.Pow(Decay, Plateaus(losses)),
            _ => Math.Pow(Decay, t),
        };
    }

    internal static LearningRateSchedule Of(TrainingOptions options) =>
        new(Names[options.LrSchedule], options.LearningRate, options.LrDecay, options.LrStep, options.WarmupEpochs, options.Epochs);

    // How often the loss has gone Step epochs without a new best.
    private int Plateaus(IReadOnlyList<double> losses)
    {
        var (best, waited, plateaus) = (double.PositiveInfinity, 0, 0);
        foreach (var loss in losses.Skip(Warmup))
        {
            (best, waited) = loss < best ? (loss, 0) : (best, waited + 1);
            if (waited >= Step)
            {
                (waited, plateaus) = (0, plateaus + 1);
            }
        }

        return plateaus;
    }
}

/// <summary>Laws of the step size; t counts epochs from 0 after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>decay^t; constant for decay 1.</summary>
    Exponential,

    /// <summary>decay^⌊t / step⌋.</summary>
    Step,

    /// <summary>1 / (1 + decay · t).</summary>
    Inverse,

    /// <summary>1 / √(t + 1); with a warm-up the schedule of Vaswani et al., NeurIPS 2017, up to a factor.</summary>
    InverseSquareRoot,

    /// <summary>Half a cosine from 1 towards 0 at the last epoch. Source: Loshchilov and Hutter, "SGDR", ICLR
    /// 2017, equation 5 without restarts.</summary>
    Cosine,

    /// <summary>One more factor decay whenever the validation loss has not improved for step epochs.</summary>
    Plateau,
}
