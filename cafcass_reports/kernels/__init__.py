"""Kernels that start warm: forked from a process that has pandas, seaborn and the rest imported already.

================== =====================================================================================
`warm_process`     the process that is forked from
`warm_kernels`     starts it for as long as a program, or a block of it, needs kernels
`provisioner`      what any Jupyter program starts such a kernel by; elsewhere than on Linux, or where the
                   kernel would differ from a cold one, it starts a cold one
`engine`           papermill's way to make the best of it
================== =====================================================================================
"""
