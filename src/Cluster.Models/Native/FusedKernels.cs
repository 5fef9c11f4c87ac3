using static TorchSharp.torch;

namespace SearchCluster.Models.Native;

/// <summary>libtorch's optimizer kernels over a whole parameter list: one call per step instead of ten per parameter.</summary>
internal static class FusedKernels
{
    /// <summary>One step of Adam with coupled weight decay, or of AdamW with decoupled.</summary>
    public static void Adam(AtenDispatcher aten, in AdamArguments a)
    {
        Span<ulong> stack =
        [
            aten.List(a.Parameters), aten.List(a.Gradients), aten.List(a.FirstMoments), aten.List(a.SecondMoments), aten.List(
                []), aten.List(a.Steps),
            AtenDispatcher.Slot(a.LearningRate), AtenDispatcher.Slot(
                a.Beta1), AtenDispatcher.Slot(a.Beta2), AtenDispatcher.Slot(a.WeightDecay), AtenDispatcher.Slot(a.Epsilon),
            AtenDispatcher.Slot(false), AtenDispatcher.Slot(false), // amsgrad, maximize
            0, 0, // grad_scale, found_inf: none
        ];
        aten.Call(a.IsDecoupled ? "aten::_fused_adamw_"u8 : "aten::_fused_adam_"u8, stack);
    }

    /// <summary>One step of gradient descent; coupled weight decay; no momentum where the list of buffers is empty.</summary>
    public static void Sgd(AtenDispatcher aten, in SgdArguments a)
    {
        Span<ulong> stack =
        [
            aten.List(a.Parameters), aten.List(a.Gradients), aten.List(a.MomentumBuffers),
            AtenDispatcher.Slot(a.WeightDecay), AtenDispatcher.Slot(a.Momentum), AtenDispatcher.Slot(a.LearningRate), AtenDispatcher.Slot(
                0.0), // dampening
            AtenDispatcher.Slot(
                a.IsNesterov), AtenDispatcher.Slot(false), AtenDispatcher.Slot(a.IsFirstStep), // nesterov, maximize, is_first_step
            0, 0, // grad_scale, found_inf: none
        ];
        aten.Call("aten::_fused_sgd_"u8, stack);
    }

    /// <summary>Takes one step of each kernel on one number and compares it with the formula.</summary>
    public static bool Work(AtenDispatcher? aten)
    {
        if (aten is null)
        {
            return false;
        }

        try
        {
            using var scope = NewDisposeScope();
            Tensor value = tensor(1f), gradient = tensor(0.5f), first = tensor(0f), second = tensor(0f), steps = tensor(
                1f), plain = tensor(1f);
            Adam(aten, new AdamArguments
            {
                Parameters = [value.Handle],
                Gradients = [gradient.Handle],
                FirstMoments = [first.Handle],
                SecondMoments = [second.Handle],
                Steps = [steps.Handle],
                LearningRate = 0.1,
                Beta1 = 0.9,
                Beta2 = 0.999,
                WeightDecay = 0,
                Epsilon = 1e-8,
            });
            Sgd(aten, new SgdArguments([plain.Handle], [gradient.Handle], [], 0.1, 0, 0, IsFirstStep: false));

            // The first step of Adam has the length of the learning rate, whatever the gradient.
            return Math.Abs(value.item<float>() - 0.9f) < 1e-5 && Math.Abs(plain.item<float>() - 0.95f) < 1e-5;
        }
        catch (TensorOperatorException)
        {
            return false;
        }
    }
}

internal readonly ref struct AdamArguments
{
    public required ReadOnlySpan<nint> Parameters { get; init; }

    public required ReadOnlySpan<nint> Gradients { get; init; }

    public required ReadOnlySpan<nint> FirstMoments { get; init; }

    public required ReadOnlySpan<nint> SecondMoments { get; init; }

    public required ReadOnlySpan<nint> Steps { get; init; }

    public required double LearningRate { get; init; }

    public required double Beta1 { get; init; }

    public required double Beta2 { get; init; }

    public required double WeightDecay { get; init; }

    public required double Epsilon { get; init; }

    public bool IsDecoupled { get; init; }
}

internal readonly ref struct SgdArguments(
    ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients, ReadOnlySpan<nint> momentumBuffers,
    double learningRate, double momentum, double weightDecay, bool IsFirstStep, bool isNesterov = false)
{
    public ReadOnlySpan<nint> Parameters { get; } = parameters;

    public ReadOnlySpan<nint> Gradients { get; } = gradients;

    public ReadOnlySpan<nint> MomentumBuffers { get; } = momentumBuffers;

    public double LearningRate { get; } = learningRate;

    public double Momentum { get; } = momentum;

    public double WeightDecay { get; } = weightDecay;

    public bool IsFirstStep { get; } = IsFirstStep;

    public bool IsNesterov { get; } = isNesterov;
}
